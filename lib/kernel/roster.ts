interface Seat<T> {
  member: T;
  index: number;
}

/**
 * Members that come and go all the time, such as running calls. A `Set` would do, but every time it grows V8 leaves its
 * old table behind, which points at the next one and at everything that was in it: once one table is promoted out of the
 * young generation, every call that ever joined survives until the next full collection.
 */
export class Roster<T> {
  private readonly seats: Seat<T>[] = [];

  get size(): number {
    return this.seats.length;
  }

  /** Answers what takes the member off again; a second time it does nothing. */
  join(member: T): () => void {
    const seat: Seat<T> = { member, index: this.seats.length };
    this.seats.push(seat);
    return () => this.leave(seat);
  }

  /** Those on the roster now: who joins or leaves while it is read changes nothing. */
  members(): T[] {
    return this.seats.map(({ member }) => member);
  }

  /** Takes everybody off, and answers who that was. */
  dismiss(): T[] {
    return this.seats.splice(0).map((seat) => {
      seat.index = -1;
      return seat.member;
    });
  }

  private leave(seat: Seat<T>): void {
    if (seat.index === -1) return;
    const last = this.seats.pop() as Seat<T>;
    if (last !== seat) {
      last.index = seat.index;
      this.seats[seat.index] = last;
    }
    seat.index = -1;
  }
}
