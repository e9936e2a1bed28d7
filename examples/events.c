/* events.c - code one text and print its events: who did what to whom.
 *
 *   cc events.c $(pkg-config --cflags --libs tightrope) -o events && ./events */
#include <stdio.h>
#include <string.h>
#include <tightrope/tightrope.h>

int main(void) {
  static const char text[] = "Turkey expelled two French diplomats on Monday. France condemned the decision.";
  tr_document document = {.id = "example", .date = "2024-05-15", .text = text, .text_length = strlen(text)};
  tr_error error;
  tr_engine *engine = tr_open(NULL, &error);
  tr_worker *worker = engine ? tr_worker_open(engine, &error) : NULL;
  if (!worker) return fprintf(stderr, "%s\n", error.message), 1;
  if (!tr_code(worker, &document, NULL, &error) || error.code[0]) return fprintf(stderr, "%s\n", error.message), 1;
  for (size_t i = 0; i < tr_event_count(worker); i++) {
    tr_event event;
    size_t who_length = 0, whom_length = 0;
    tr_event_get(worker, i, &event);
    const char *who = tr_event_actor(worker, i, 0, 0, &who_length),
               *whom = tr_event_actor(worker, i, 1, 0, &whom_length);
    printf("%s\t%.*s\t%s\t%.*s\n", event.earliest, (int)who_length, who ? who : "", event.type, (int)whom_length,
           whom ? whom : "");
  }
  tr_worker_close(worker);
  tr_close(engine);
}
