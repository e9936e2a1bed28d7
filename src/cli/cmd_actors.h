/* cmd_actors.h - the commands below `tightrope actors` that change something; private to src/cli/. argv[0] is the name. */
#ifndef TR_CLI_CMD_ACTORS_H
#define TR_CLI_CMD_ACTORS_H

int cmd_actors_merge(int argc, char **argv);
int cmd_actors_split(int argc, char **argv);
int cmd_actors_decisions(int argc, char **argv);
int cmd_actors_replay(int argc, char **argv);
int cmd_actors_add(int argc, char **argv);

#endif
