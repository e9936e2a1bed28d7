/* Which texts are taken for English, and what is said of the others. */
#include "intake/language.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>

static struct languages all;

static void expect(const char *text, const char *lang, const char *named) {
  struct err e = {0};
  bool english = language_is_english(&all, str_of(text), str_of(lang), &e);
  if (!named) {
    if (!english) fail_msg("%s: %s", text, e.message);
    return;
  }
  if (english) fail_msg("taken for English: %s", text);
  assert_int_equal(e.code, ERR_LANGUAGE);
  if (!strstr(e.message, named)) fail_msg("%s: %s", text, e.message);
}

static void test_english_passes(void **state) {
  (void)state;
  expect(
      "The prime minister said on Saturday that the army would not leave the city until the militia had handed over its weapons.",
      "", NULL);
  expect(
      "MAYOR SLAIN IN TIBU BY GUNMEN. POLICE SAY THE ATTACKERS FLED TO THE HILLS AND THAT NO ONE HAS BEEN HELD SO FAR IN THE CASE.",
      "en-US", NULL);
  expect("Hezbollah condena ataque", "", NULL); /* too short to tell */
  expect(
      "Mustafa al-Kadhimi, Qais al-Khazali, Muqtada al-Sadr, Hadi al-Amiri, Barham Salih, Mohammed al-Halbousi, Adil Abdul-Mahdi and Falih al-Fayyadh met.",
      "", NULL);
}

static void test_others_are_refused_by_name(void **state) {
  (void)state;
  expect(
      "El primer ministro dijo el sábado que el ejército no saldría de la ciudad hasta que la milicia entregara sus armas a las fuerzas de seguridad.",
      "", "Spanish");
  expect(
      "Le premier ministre a déclaré samedi que l'armée ne quitterait pas la ville tant que la milice n'aurait pas rendu ses armes aux forces de sécurité.",
      "", "French");
  expect(
      "Der Ministerpräsident sagte am Samstag, dass die Armee die Stadt nicht verlassen werde, bis die Miliz ihre Waffen an die Polizei übergeben habe.",
      "", "German");
  expect(
      "Başbakan cumartesi günü yaptığı açıklamada ordunun şehri terk etmeyeceğini ve bu kararın daha sonra gözden geçirileceğini söyledi ancak bir tarih vermedi.",
      "", "Turkish");
  expect(
      "Perdana menteri mengatakan pada hari Sabtu bahwa tentara tidak akan meninggalkan kota itu sampai milisi menyerahkan senjata mereka kepada polisi dan pemerintah.",
      "", "Indonesian");
  expect("Премьер-министр заявил в субботу, что армия не покинет город.", "", "Cyrillic");
  expect("قال رئيس الوزراء يوم السبت إن الجيش لن يغادر المدينة", "", "Arabic");
  expect("总理星期六表示军队不会离开这座城市直到民兵交出武器", "", "Chinese");
}

static void test_record_says_its_language(void **state) {
  (void)state;
  expect("The army left.", "fr", "French");
  expect("The army left.", "xx", "'xx'");
  expect("The army left.", "eng", NULL);
}

int main(void) {
  char knowledge[2048];
  struct err e = {0};
  const char *root = getenv("TIGHTROPE_SOURCE");
  snprintf(knowledge, sizeof knowledge, "%s/knowledge", root ? root : ".");
  if (!languages_load(&all, knowledge, &e)) return fprintf(stderr, "%s\n", e.message), 1;
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_english_passes),
                                     cmocka_unit_test(test_others_are_refused_by_name),
                                     cmocka_unit_test(test_record_says_its_language)};
  int failed = RUN(tests);
  languages_release(&all);
  return failed;
}
