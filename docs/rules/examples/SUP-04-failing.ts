import * as pulumi from "@pulumi/pulumi";

/** What `command.local.Command` registers. */
class Command extends pulumi.CustomResource {
  constructor(name: string, create: string) {
    super("command:local:Command", name, { create });
  }
}

// Whatever the script says on the day it runs, with the deployer's rights.
new Command("open-the-bucket", "./fix-permissions.sh");
