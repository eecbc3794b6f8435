import { call, messageOf, setToken, whenLoggedOut } from '../api/call';

interface SessionAnswer {
  User?: string;
  Token?: string;
  Trusted?: boolean;
}

const DATABASE_KEY = 'redward.database';

/** Who is logged in, and to which database statements go. */
class Session {
  known = $state(false);
  user = $state('');
  database = $state(localStorage.getItem(DATABASE_KEY) ?? 'dev');
  /** True if this machine needs no password. */
  trusted = $state(false);
  failure = $state('');

  constructor() {
    whenLoggedOut(() => this.forget());
  }

  async restore(): Promise<void> {
    try {
      this.take(await call<SessionAnswer>('Session'));
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.known = true;
  }

  async logIn(user: string, password: string, database: string): Promise<void> {
    this.take(
      await call<SessionAnswer>('Login', { User: user, Password: password, Database: database }),
    );
    this.use(database);
  }

  async logOut(): Promise<void> {
    await call('Logout').catch(() => undefined);
    this.forget();
  }

  use(database: string): void {
    this.database = database;
    localStorage.setItem(DATABASE_KEY, database);
  }

  private take(answer: SessionAnswer): void {
    this.trusted = answer.Trusted ?? this.trusted;
    this.user = answer.User ?? '';
    setToken(answer.Token ?? '');
    this.failure = '';
  }

  private forget(): void {
    this.user = '';
    setToken('');
  }
}

export const session = new Session();
