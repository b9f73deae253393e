import { Injectable } from '@nestjs/common';
import { ListChanges } from '../registry/list-changes.js';
import { SharedSessions } from '../session/shared-sessions.js';
import { SessionRegistry } from '../session/session.registry.js';

/** Notifies every session of changes to the lists that were announced to it. */
@Injectable()
export class ChangeNotifier {
  constructor(changes: ListChanges, sessions: SessionRegistry, nodes: SharedSessions) {
    changes.subscribe((feature) => {
      for (const session of sessions.all())
        if (session.expectsChangesOf(feature) && !nodes.isHeldElsewhere(session))
          session.notify(`notifications/${feature}/list_changed`);
    });
  }
}
