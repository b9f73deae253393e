import { Injectable } from '@nestjs/common';
import { ListChanges } from '../registry/list-changes.js';
import { SharedSessions } from '../session/shared-sessions.js';
import { SessionRegistry } from '../session/session.registry.js';

/** Tells every session that was promised it when a list is another now. */
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
