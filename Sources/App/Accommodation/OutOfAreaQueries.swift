import Foundation
import Postgres

extension Connection {
    private static let refused: SQL = """
        o.state = 'refusedByService' AND 'noLocalConnection' = ANY (o.reasons)
        """

    /// Who refused for no local connection, whoever did so most often first.
    func connectionRefusers(_ visit: Visit) throws -> [ConnectionRefuser] {
        try all("""
            SELECT coalesce(p.name, o.asked_of) AS whom, count(*)::int AS amount, max(o.asked_at) AS last
            FROM app.housing_offer o LEFT JOIN app.agency p ON p.id = o.provider_id
            WHERE o.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND \(Self.refused)
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100
            """) { ConnectionRefuser(whom: try $0["whom"], amount: try $0["amount"], last: try $0["last"]) }
    }

    /// Each such refusal, newest first: 25 and one more.
    func connectionRefusals(before: Keyset?, _ visit: Visit) throws -> [ConnectionRefusal] {
        let last = before ?? .end
        return try all("""
            SELECT o.id, o.asked_at, o.answered_at, coalesce(p.name, o.asked_of) AS whom, o.words, o.case_id,
                   o.request_id, c.reference
            FROM app.housing_offer o LEFT JOIN app.agency p ON p.id = o.provider_id
            LEFT JOIN app.case_record c ON c.id = o.case_id
            WHERE o.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND \(Self.refused)
              AND (o.asked_at, o.id) < (\(last.at)::timestamptz, \(last.id)::uuid)
            ORDER BY o.asked_at DESC, o.id DESC LIMIT 26
            """) { row in
            let (id, caseID, request): (UUID, UUID, UUID) = (try row["id"], try row["case_id"], try row["request_id"])
            return ConnectionRefusal(
                id: id, askedAt: try row["asked_at"], answeredAt: try row["answered_at"], whom: try row["whom"],
                words: try row["words"], reference: try row["reference"] ?? "",
                href: "/cases/\(caseID.column)/housing/\(request.column)/offers/\(id.column)")
        }
    }
}
