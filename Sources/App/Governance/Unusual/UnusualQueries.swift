import Foundation
import Postgres

/// Why a look at a record should be looked at itself.
enum UnusualReason: String, Choice {
    case surname, postcode, nothingToDo, bulk
    var label: String {
        switch self {
        case .surname: "Their own surname"
        case .postcode: "Their own postcode"
        case .nothingToDo: "Nothing to do with the person"
        case .bulk: "Looked at very many people"
        }
    }
}

/// Looks of one day by one worker: at one person, or at very many.
struct UnusualLook: Sendable {
    let who: String
    let account: UUID
    let subject: UUID?
    let reasons: [UnusualReason]
    let times: Int
    let firstAt: Date
}

extension Connection {
    /// Works a day out, once: again only where it was worked out before the day was over (`end`).
    func reviewDay(_ day: Day, end: Date, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.unusual_day (partnership_id, day, recorded_by)
            VALUES (\(visit.viewer.partnership), \(day), \(visit.viewer.account))
            ON CONFLICT (partnership_id, day) DO UPDATE SET worked_out_at = now()
            WHERE unusual_day.worked_out_at < \(end)
            """)
    }

    /// What was unusual on a day, most reasons first. The viewer's own is withheld, and what is about people whom they
    /// know.
    func unusualLooks(on day: Day, limit: Int) throws -> [UnusualLook] {
        try all("""
            SELECT u.account_id, u.subject_id, u.reasons, u.times, u.first_at, a.full_name
            FROM app.unusual_access u JOIN app.account a ON a.id = u.account_id
            WHERE u.day = \(day)
            ORDER BY 'surname' = ANY (u.reasons) OR 'postcode' = ANY (u.reasons) DESC, u.subject_id IS NULL DESC,
                     u.times DESC, u.first_at, u.id LIMIT \(limit)
            """) { row in
            UnusualLook(
                who: try row["full_name"], account: try row["account_id"], subject: try row["subject_id"],
                reasons: (try row["reasons"] as [String]).compactMap(UnusualReason.init(rawValue:)),
                times: try row["times"], firstAt: try row["first_at"])
        }
    }
}
