import Foundation
import Postgres

extension Connection {
    /// The partnerships of the database, each with its short name.
    func partnershipsBySlug() throws -> [(slug: String, Partnership)] {
        try all("""
            SELECT id, slug, name, demonstration, to_char(helpline_opens, 'HH24:MI') AS opens,
                   to_char(helpline_closes, 'HH24:MI') AS closes, to_json(helpline_days)::text AS days
            FROM app.partnership ORDER BY slug LIMIT 50
            """) { row in
            let days = try JSONDecoder().decode([Int].self, from: Data((try row["days"] as String).utf8))
            return (slug: try row["slug"],
                    Partnership(id: try row["id"], name: try row["name"], demonstration: try row["demonstration"],
                                helplineHours: Partnership.hours(days, try row["opens"], try row["closes"])))
        }
    }
}

extension Partnership {
    /// "Our hours: Monday to Saturday, 08:00 to 20:00. At other times the national helpline answers, day and night."
    static func hours(_ days: [Int], _ opens: String, _ closes: String) -> String {
        let sorted = days.filter { (1...7).contains($0) }.sorted()
        guard let first = sorted.first, let last = sorted.last else { return "" }
        let isRun = last - first + 1 == sorted.count && sorted.count > 2
        let named = isRun ? "\(Day.weekdays[first - 1]) to \(Day.weekdays[last - 1])"
            : sorted.map { Day.weekdays[$0 - 1] }.joined(separator: ", ")
        return "Our hours: \(named), \(opens) to \(closes). At other times: 0808 2000 247, free, day and night."
    }
}
