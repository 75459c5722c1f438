import Foundation
import Postgres

extension Connection {
    /// What a contact leaves on the shift's list: a call that was cut off, and what was promised.
    func leaveBehind(_ form: ContactForm, _ contact: UUID, agency: UUID, _ visit: Visit) throws {
        if form.outcome == .endedSuddenly {
            let agreed = form.fallback.isEmpty
                ? "Nothing was agreed: don't ring back. Read what was said" : form.fallback
            try startTask(
                NewTask(kind: .callBack, agency: agency, contact: contact,
                        due: visit.now.addingTimeInterval(Self.cutOffMinutes * 60), detail: agreed), visit)
        }
        if !form.promised.isEmpty {
            let due = form.promisedBy ?? visit.now.addingTimeInterval(86_400)
            try startTask(
                NewTask(kind: .promise, agency: agency, contact: contact, due: due, detail: form.promised), visit)
        }
    }

    /// A call that was cut off is looked at within a quarter of an hour.
    private static let cutOffMinutes = 15.0
}
