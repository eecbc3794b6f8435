/** Something a person can have done by name. */
export interface Command {
  title: string;
  /** As it is pressed, shown beside the title. */
  keys?: string;
  run: () => void;
}

/** The commands of what is on the screen, for the palette. */
class Commands {
  open = $state(false);
  private readonly groups = $state<Record<string, readonly Command[]>>({});
  readonly all = $derived(Object.values(this.groups).flat());

  /** Offers commands until the given function is called. */
  offer(group: string, commands: readonly Command[]): () => void {
    this.groups[group] = commands;
    return () => {
      delete this.groups[group];
    };
  }
}

export const commands = new Commands();
