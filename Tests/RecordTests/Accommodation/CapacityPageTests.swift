import Pages
import Postgres
import Statistics
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The planner's page", .needsClone)
struct CapacityPageTests {
    private func look(
        _ query: String, as who: World.Staff = .sunita, _ check: @Sendable @escaping (Seen) throws -> Void
    ) async throws {
        try await TestSite.rolledBack { site in try check(await Browser(site, as: who).get("/capacity" + query)) }
    }

    @Test func `it says how many spaces are needed for five in a hundred, with what a year may bring`() async throws {
        try await look("?asked=yes&referrals=252&stay=113&void=&spaces=70&target=5") { seen in
            #expect(seen.text.contains("84 spaces turn away at most 5%"))
            #expect(seen.text.contains("75 to 94"))
            #expect(seen.text.contains("With 70 spaces 15.6% of 252 households a year are turned away: about 39."))
            #expect(seen.markup.all("polyline").count == 1)
            #expect(seen.markup.all("desc").first?.words.contains("15.6%") == true)
        }
    }

    @Test func `it opens on what the partnership's own units and stays say`() async throws {
        try await look("", as: .sefa) { seen in
            #expect(seen.text.contains("12 units are on record"))
            let form = try seen.form("/capacity")
            #expect(form["spaces"] == "12")
            #expect(form["void"] == "15")
            #expect(form["referrals"] == "")
            // One adult and two children came; nobody else is shown who did.
            #expect(["size-1", "size-2", "size-3", "size-4", "size-5"].map { form[$0] } == ["0", "0", "100", "0", "0"])
        }
        try await look("") { seen in
            let form = try seen.form("/capacity")
            #expect(form["size-3"] == "")
        }
    }

    @Test func `it says when figures can’t all be true, and what 1 space per 10,000 people does`() async throws {
        let asked = "?asked=yes&referrals=252&stay=113&spaces=21&target=5"
        try await look(asked + "&placed=129&people=1,100,306") { seen in
            #expect(seen.text.contains("21 spaces and stays of 113 days allow 68 stays a year, not 129."))
            #expect(seen.text.contains("1 space per 10,000 people (Council of Europe) is 110 for 1100306: under 0.1%"))
            #expect(seen.markup.all("text").contains { $0.words == "110, 1 per 10,000" })
            #expect(seen.text.contains("If support let households move on 30 days sooner, about"))
            #expect(seen.text.contains("they are taken to be a tenth fewer or more"))
        }
        try await look(asked + "&placed=60") { seen in
            #expect(seen.text.contains("These can all be true."))
            #expect(!seen.text.contains("Council of Europe) is"))
        }
    }

    @Test func `it says what waiting, a season and areas closed to one another would change`() async throws {
        let asked = "?asked=yes&referrals=252&stay=113&spaces=70&target=5"
        try await look(asked + "&patience=14&swing=30"
            + "&area-referrals-1=20&area-spaces-1=9&area-referrals-2=232&area-spaces-2=61") { seen in
            let rows = seen.markup.all("tr").map(\.words)
            // Together they are what is asked above: 252 a year, 70 spaces.
            #expect(rows.contains("The same areas, open to all15.6%84"), "\(rows)")
            #expect(rows.contains { $0.hasPrefix("Area 1 for itself: 20 a year, 9 spaces") })
            #expect(rows.contains { $0.hasPrefix("Households wait 14 days on average: that give up13.5%") })
            #expect(rows.contains { $0.hasPrefix("Referrals swing by 30%") && $0.contains("in the worst month") })
        }
        try await look(asked + "&area-referrals-2=232&swing=101") { seen in
            #expect(seen.errors == [
                "Enter by how many in a hundred referrals swing over the year, from 0 to 100",
                "Enter how many spaces area 2 has",
            ])
        }
        try await look(asked) { seen in #expect(!seen.text.contains("If it is otherwise")) }
    }

    @Test func `it says who is turned away by size, and what units without recourse change`() async throws {
        let asked = "?asked=yes&referrals=60&stay=113&spaces=16&target=5&recourse=10"
        try await look(asked + "&size-1=40&size-2=25&size-3=20&size-4=15&size-5=") { seen in
            // The units of the cast have three bedspaces each.
            #expect(seen.text.contains("Of households of 4 people 100% are turned away"))
            #expect(seen.text.contains("in their proportions: 16 for 3."))
            #expect(seen.text.contains("12 of 12 units on record take them, which is 16 of 16 spaces."))
            #expect(seen.markup.all("h2").map(\.words).contains("Without recourse to public funds"))
        }
        try await look("?asked=yes&referrals=5000&stay=113&spaces=16&target=5&size-1=100") { seen in
            #expect(seen.text.contains("With more than 3000 households a year use the command"))
        }
    }

    @Test(arguments: [(40, "drawn again and again (95%); 5 go on."), (6, "Only 6 stays on record have ended")])
    func `how sure it is rests on the partnership's own stays where the figure is theirs`(
        _ ended: Int, _ basis: String
    ) throws {
        let stays = (1...ended).map { StayRecord(days: Double($0 * 200 / ended)) }
            + (1...5).map { StayRecord(days: Double($0 * 10), isOpen: true) }
        let survival = try #require(StaySurvival(stays))
        let own = OwnCapacity(
            sizes: [], stays: stays, begun: 9, void: nil, households: [0, 0, 0, 0, 0], survival: survival)
        func sureness(_ stay: Double) -> CapacitySureness {
            let demand = AccommodationDemand(referrals: 252, stay: stay)
            return CapacitySureness(CapacityQuestion(demand, spaces: 70, target: 0.05), own)
        }
        #expect(sureness(survival.mean.rounded()).table.description.contains(basis))
        #expect(sureness(survival.mean + 9).table.description.contains("a tenth fewer or more"))
        #expect(sureness(survival.mean.rounded()).sentence?.contains("with today’s 70 between") == true)
    }

    @Test(arguments: [
        "?asked=yes", "?asked=yes&referrals=-1&stay=0&spaces=x&target=500",
        "?referrals=NaN&stay=inf&spaces=1e9&target=5",
        "?asked=yes&referrals=99999999999999999999&stay=113&spaces=70&target=5",
        "?asked=yes&referrals=252&stay=113&spaces=70&target=5&placed=253",
        "?asked=yes&referrals=252&stay=113&spaces=70&target=5&placed=-1&people=x&recourse=101",
        "?asked=yes&referrals=252&stay=113&spaces=70&target=5&size-1=40&size-2=40",
        "?asked=yes&referrals=252&stay=113&spaces=70&target=5&size-1=nan&size-2=100",
    ])
    func `nonsense is refused beside its field, and kept`(_ query: String) async throws {
        try await look(query) { seen in
            #expect(seen.status == 422)
            #expect(!seen.errors.isEmpty)
        }
    }

    @Test func `no spaces, and far too few, are answered`() async throws {
        try await look("?asked=yes&referrals=252&stay=113&spaces=0&target=5") { seen in
            #expect(seen.text.contains("With 0 spaces 100% of 252 households"))
        }
        try await look("?asked=yes&referrals=100000&stay=3650&spaces=10000&target=1") { seen in
            #expect(seen.text.contains("20000 spaces are not enough"))
        }
    }

    @Test func `it plays the rules of matching with those who asked, for who may read what they asked`() async throws {
        let asked = "?asked=yes&referrals=60&stay=113&spaces=12&target=5"
        try await TestSite.rolledBack { site in
            let ours = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.housing_request WHERE agency_id = \(World.id(.agency, 1))
                """)
            let seen = try await Browser(site, as: .sunita).get("/capacity" + asked)
            #expect(ours > 0)
            #expect(seen.text.contains("Of \(ours) households who asked through your agency within three years"))
            #expect(seen.markup.all("tr").map(\.words).contains { $0.hasPrefix("All\(ours)") })
            // Nobody at Harbour asks any more.
            try await site.alter("""
                UPDATE app.housing_request SET recorded_at = now() - interval '4 years'
                WHERE agency_id = \(World.id(.agency, 1))
                """)
            let none = try await Browser(site, as: .sunita).get("/capacity" + asked)
            #expect(none.text.contains("This can be answered when households have asked"))
        }
        try await look(asked, as: .sefa) { seen in #expect(!seen.text.contains("by the rules of matching")) }
    }
}
