import Foundation
import Linkage
import Postgres
import Testing

@testable import App
@testable import AppTestSupport

/// In the world call 1 asks Harbour, Lighthouse, Northfield and Pathways, and each has sent two rows; Brannoc asks, Sunita
/// sends for Harbour, Lowri for Lighthouse.
@Suite("Data that agencies send", .needsClone)
struct DataSendingTests {
    private static let call = World.id(.dataCall, 1).column
    private static let send = "/team/data/\(call)/send"
    private static let csv = """
        record_id,event_date,surname,dob,sex
        H-1,05/02/2001,Trevanion-Hale,01/01/1900,Female
        H-2,06/02/2001,Achterberg,12/05/1960,F
        H-2,07/02/2001,Idowu,,male
        H-4,07/02/1999,Quill,,male
        """

    private func send(
        _ text: [UInt8], as who: World.Staff = .sunita, to path: String = send, _ site: TestSite,
        _ answers: KeyValuePairs<String, String> = [:]
    ) async throws -> Seen {
        let browser = Browser(site, as: who)
        var form = try await browser.get(path).form()
        #expect(form.fill(answers).isEmpty)
        form.file = ("extract.csv", text)
        return try await browser.submit(form)
    }

    @Test func `a file is read row by row: what can't be used is set aside, and nothing is dropped`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await send(Array(Self.csv.utf8), site, ["break": "Since March in another way"])
            #expect(page.status == 200 && page.text.contains("Received: 4 rows, 2 of them set aside"))
            let rows = try await Browser(site, as: .sunita).get(page.path + "/rows")
            #expect(rows.text.contains("record_id was used in a row before"))
            #expect(rows.text.contains("event_date lies outside the period"))
            // No name on a list, nor in the file of what is wrong.
            let file = try await Browser(site, as: .sunita).send(.get, page.path + "/rows/file")
            #expect(file.body.contains("5,no,event_date,lies outside the period"))
            for text in [rows.text, file.body] { #expect(!text.contains("Idowu") && !text.contains("Quill")) }
            // It opens within the agency, on record.
            let opened = try await Browser(site, as: .sunita).submit(rows, to: page.path + "/rows")
            #expect(opened.text.contains("Trevanion-Hale") || opened.text.contains("Idowu"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.audit_event WHERE event = 'data-row-opened'
                """) == 1)
        }
    }

    @Test func `the analyst sees rows without names, how good they are, and who has sent nothing`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await send(Array(Self.csv.utf8), site, ["break": "Since March in another way"])
            let brannoc = Browser(site, as: .brannoc)
            let rows = try await brannoc.get(page.path.replacing("/team/", with: "/"))
            #expect(rows.text.contains("2001-02") && rows.text.contains("Set aside") && rows.text.contains("41"))
            for name in ["Trevanion-Hale", "H-1", "Achterberg", "1960"] { #expect(!rows.answer.body.contains(name)) }
            let quality = try await brannoc.get("/data/\(Self.call)/quality")
            #expect(quality.text.contains("Since March in another way"))
            let file = try await brannoc.send(.get, "/data/\(Self.call)/quality/file")
            // Of the two rows that can be used, one birth is a date for none.
            #expect(file.body.contains("Harbour,Number 2,dob,4,2,1,Date that stands for none,1,2"))
            // In the world Harbour has said that its F means female.
            #expect(file.body.contains("Harbour,Number 2,sex,4,2,1,Given,2,2"))
            // What sunita has is out of reach, and hers alone.
            for path in [page.path, page.path + "/rows", "/team/data"] {
                #expect([403, 404].contains(try await brannoc.send(.get, path).status))
                if path != "/team/data" {
                    #expect(try await Browser(site, as: .lowri).send(.get, path).status == 404)
                }
            }
            _ = try await site.truth.transaction { db in
                try db.run("DELETE FROM app.data_row WHERE agency_id = \(World.pathways)")
                try db.run("DELETE FROM app.data_part WHERE agency_id = \(World.pathways)")
                try db.run("DELETE FROM app.data_return WHERE agency_id = \(World.pathways)")
            }
            let call = try await brannoc.get("/data/\(Self.call)")
            #expect(call.text.contains("No return yet"))
            #expect(try await brannoc.send(.get, "/data/\(Self.call)/quality/file").body.contains("Pathways,No return,,,"))
        }
    }

    @Test func `what is sent again replaces, and what was sent before stays on record`() async throws {
        try await TestSite.rolledBack { site in
            let one = try await send(Array(Self.csv.utf8), site)
            let lone = "record_id,event_date,sex\nH-9,05/02/2001,male\n"
            let two = try await send(Array(lone.utf8), site)
            #expect(two.text.contains("Received: 1 row, 0 of them set aside"))
            let sunita = Browser(site, as: .sunita)
            #expect(try await sunita.get(one.path).text.contains("It was replaced by a later one"))
            let own = try await sunita.get("/team/data/\(Self.call)").text
            #expect(own.contains("Number 3") && own.contains("Replaced"))
            // One that can't be used replaces nothing.
            let bad = try await send(Array("a,b\n1,2\n".utf8), site)
            #expect(bad.text.contains("Nothing of it can be used") && bad.text.contains("The file names: a, b"))
            #expect(try await Browser(site, as: .brannoc).get("/data/\(Self.call)").text.contains("Received"))
        }
    }

    @Test func `the agency says what its own words mean, and the file is read again`() async throws {
        try await TestSite.rolledBack { site in
            // In the world Harbour's F means female; it is said for its own specification alone.
            let text = Self.csv.replacing(",F\n", with: ",Weiblich\n")
            let page = try await send(Array(text.utf8), site)
            #expect(page.text.contains("One of your own words is not in the specification"))
            let sunita = Browser(site, as: .sunita)
            let words = try await sunita.get(page.path + "/words")
            #expect(words.text.contains("Weiblich"))
            #expect(try await sunita.submit(words, to: page.path + "/words").status == 422)
            let mapped = try await sunita.submit(words, ["word-0": "female"], to: page.path + "/words")
            #expect(mapped.text.contains("Received: 4 rows") && !mapped.text.contains("not in the specification"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.data_row WHERE 'female' = ANY (answers) AND line = 3
                  AND agency_id = \(World.harbour)
                """) == 1)
            // Said wrongly, it is said anew.
            let again = try await sunita.get(page.path + "/words")
            #expect(again.text.contains("Said before"))
            let place = try #require((0..<20).last { try again.form(page.path + "/words")["word-\($0)"] == "female" })
            let anew = try await sunita.submit(again, ["word-\(place)": "male"], to: page.path + "/words")
            #expect(anew.status == 200 && anew.text.contains("Received: 4 rows"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.data_row WHERE 'female' = ANY (answers) AND line = 3
                  AND agency_id = \(World.harbour)
                """) == 0)
        }
    }

    @Test func `a form whose file broke off takes the file when it is sent again`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            var form = try await sunita.get(Self.send).form()
            form.file = ("extract.csv", Array(Self.csv.utf8))
            let first = try await sunita.submit(form)
            let id = try #require(first.path.split(separator: "/").last.map(String.init))
            try await site.truth.transaction { db in
                _ = try db.run("UPDATE app.data_return SET state = 'sending' WHERE id = \(id)::uuid")
            }
            let second = try await sunita.submit(form)
            #expect(second.path != first.path && second.text.contains("Received: 4 rows"))
            // Once one has come whole, the same form makes no other.
            #expect(try await sunita.submit(form).path == first.path)
            #expect(try await site.count("data_return") == 10)
        }
    }

    @Test(arguments: [
        ([UInt8](Data("PK\u{3}\u{4}".utf8)), "is packed, and no workbook"), ([], "The file is empty"),
        (Array("%PDF-1.7 and so on".utf8), "is a document, not data"),
    ]) func `what is no data is refused beside the field, with what to do`(_ bytes: [UInt8], _ words: String)
        async throws {
        try await TestSite.rolledBack { site in
            let page = try await send(bytes, site, ["break": "Kept as typed"])
            #expect(page.status == 422 && page.errors.contains { $0.contains(words) })
            #expect(try page.form(Self.send)["break"] == "Kept as typed")
            #expect(try await site.count("data_return") == 8)
        }
    }

    @Test func `an encoded file is checked, and its key and profile are shown`() async throws {
        try await TestSite.rolledBack { site in
            let csv = "record_id,surname,forename,dob,sex\n1,Trevanion,Aoife,01/01/1900,F\n2,Quill,Bram,12/05/1960,M\n"
            let key = EncodingKey()
            let file = try Array(csv.utf8).withUnsafeBufferPointer { try Encoding.encode($0, .init(key)).file }
            let page = try await send(file, site)
            #expect(page.text.contains("Received: 2 rows") && page.text.contains("Made with the key"))
            // The day of the event is none to link by: nobody says that the file lacks it.
            #expect(page.text.contains("Not told by an encoded file") && !page.text.contains("Not in the file"))
            let told = try await Browser(site, as: .brannoc).get("/data/\(Self.call)/quality")
            #expect(told.text.contains("Not told by an encoded file"))
            #expect(page.text.contains(key.id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()))
            let cut = try await send(Array(file.dropLast(9)), site)
            #expect(cut.text.contains("The encoded file is cut off"))
            var changed = file
            changed[file.count - 100] ^= 1
            #expect(try await send(changed, site).text.contains("was changed after it was made"))
            // Whoever links reads an encoded file; nobody but its agency one in the clear.
            let session = World.cookie(World.Staff.brannoc.token())
            let seen = try await site.services.database.transaction(session: session) { db in
                (try db.run("SELECT number FROM app.data_part WHERE NOT is_encoded"),
                 try db.run("SELECT number FROM app.data_part WHERE is_encoded"))
            }
            #expect(seen.0 == 0 && seen.1 > 0)
        }
    }

    @Test func `from its day on nobody reads what was sent, and the door deletes it`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await send(Array(Self.csv.utf8), site)
            let id = try page.id()
            try await site.truth.transaction { db in
                for table in ["data_part", "data_row", "data_return"] {
                    let which: SQL = table == "data_return" ? "id" : "return_id"
                    try db.run("UPDATE app.\(SQL.identifier(table)) SET keep_until = current_date - 1 WHERE \(which) = \(id)")
                }
            }
            let sunita = Browser(site, as: .sunita)
            #expect(try await sunita.send(.get, page.path + "/rows").status == 404)
            #expect(try await Browser(site, as: .brannoc).send(.get, "/data/returns/\(id.column)").status == 404)
            await ReturnExpiry(services: site.services).deleteExpired()
            #expect(try await sunita.get(page.path).text.contains("What was sent was deleted on"))
            for table: SQL in ["app.data_part", "app.data_row"] {
                #expect(try await site.howMany("SELECT count(*)::int AS n FROM \(table) WHERE return_id = \(id)") == 0)
                #expect(try await site.howMany("SELECT count(*)::int AS n FROM \(table)") > 0)
            }
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.data_return WHERE id = \(id) AND wrapped IS NULL AND words IS NULL
                """) == 1)
            // On record once, whoever runs it again.
            await ReturnExpiry(services: site.services).deleteExpired()
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.audit_event
                WHERE event = 'data-deleted' AND subject_id = \(id) AND account_id IS NULL AND agency_id = \(World.harbour)
                """) == 1)
        }
    }

    @Test func `a supplier of health care says how the opt-out was applied`() async throws {
        try await TestSite.rolledBack { site in
            _ = try await site.truth.transaction { db in
                try db.run("UPDATE app.data_asked SET is_health = true WHERE agency_id = \(World.harbour)")
            }
            let none = try await send(Array(Self.csv.utf8), site)
            #expect(none.status == 422 && none.errors.first == "Select how the national data opt-out was applied")
            let why = try await send(Array(Self.csv.utf8), site, ["opt-out": "notApplicable"])
            #expect(why.errors.first == "Enter why the opt-out does not apply to this file")
            let page = try await send(Array(Self.csv.utf8), site, ["opt-out": "applied"])
            #expect(page.text.contains("It was applied: records of those who opted out are not in the file"))
            #expect(try await Browser(site, as: .brannoc).get("/data/\(Self.call)").text.contains("It was applied"))
        }
    }

    @Test func `records in the clear need an assessment, an agreement and a day of deletion`() async throws {
        try await TestSite.rolledBack { site in
            let brannoc = Browser(site, as: .brannoc)
            let bare = try await brannoc.submit(brannoc.get("/data/new"), ["kind": "clear"], to: "/data/new")
            for words in ["Select the impact assessment", "Enter the agreement", "Enter the day on which"] {
                #expect(bare.errors.contains { $0.hasPrefix(words) })
            }
        }
    }

    @Test func `a call that waits stands on Today of whoever sends, until it is received or closed`() async throws {
        try await TestSite.rolledBack { site in
            let waits = "Call 1 for the tests"
            #expect(try await Browser(site, as: .sunita).get("/").text.contains(waits) == false)
            _ = try await site.truth.transaction { db in
                try db.run("UPDATE app.data_return SET state = 'refused', problem = 'noHead' WHERE agency_id = \(World.harbour)")
                try db.run("UPDATE app.data_call SET due_on = current_date + 5 WHERE id = \(World.id(.dataCall, 1))")
            }
            #expect(try await Browser(site, as: .sunita).get("/").text.contains(waits))
            for staff in [World.Staff.lowri, .hana] {
                #expect(try await Browser(site, as: staff).get("/").text.contains(waits) == false)
            }
            let brannoc = Browser(site, as: .brannoc)
            _ = try await brannoc.submit(brannoc.get("/data/\(Self.call)"), to: "/data/\(Self.call)/close")
            #expect(try await Browser(site, as: .sunita).get("/").text.contains(waits) == false)
            #expect(try await Browser(site, as: .sunita).send(.get, Self.send).status == 404)
        }
    }
}

/// Large files need connections of their own: they are read beside the request.
@Suite("Large files of agencies", .needsClone)
struct LargeDataTests {
    @Test func `a file of many pieces is read beside the request, and its page says how far it is`() async throws {
        try await TestSite.committed { site in
            let browser = Browser(site, as: .sunita)
            let path = "/team/data/\(World.id(.dataCall, 1).column)/send"
            var form = try await browser.get(path).form()
            var text = "record_id,event_date,surname,sex\n"
            for row in 0..<60_000 { text += "H-\(row),05/02/2001,Invented-Surname-\(row % 977),female\n" }
            form.file = ("extract.csv", Array(text.utf8))
            let sent = try await browser.submit(form)
            var page = try await browser.get(sent.path)
            for _ in 0..<3_000 where !page.text.contains("Received") {
                #expect(page.text.contains("It is being read:"))
                try await Task.sleep(for: .milliseconds(100))
                page = try await browser.get(sent.path)
            }
            #expect(page.text.contains("Received: 60000 rows, 0 of them set aside"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.data_part WHERE return_id = \(try page.id())
                """) > 1)
        }
    }
}
