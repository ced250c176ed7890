/** The token of a visitor, and how another one is had when it ends. */

const WAIT_MS = 30_000;

export class TokenKeeper {
  private held: string | null = null;
  private waiting: Promise<boolean> | null = null;
  private resolve: ((renewed: boolean) => void) | null = null;

  /** `ask` is called when a token is wanted. It may give one by `token` at any time within half a minute. */
  constructor(private readonly ask: () => void) {}

  get token(): string | null {
    return this.held;
  }

  set token(token: string | null) {
    this.held = token;
    if (token) this.resolve?.(true);
  }

  /** Wait for another token. False if none came. All calls that wait at once get the same one. */
  renewed(): Promise<boolean> {
    this.waiting ??= new Promise<boolean>((resolve) => {
      this.resolve = resolve;
      setTimeout(() => resolve(false), WAIT_MS);
      this.ask();
    }).finally(() => (this.waiting = this.resolve = null));
    return this.waiting;
  }

  /** No token will come: let those that wait go on without. */
  giveUp(): void {
    this.resolve?.(false);
  }
}
