import Foundation
import Testing

@Suite("Capacity: the command") struct CapacityCommandTests {
    private static let usual = ["--referrals-per-year", "252", "--stay-days", "113"]

    private func run(_ words: [String]) throws -> BuiltTool.Said { try BuiltTool.run("capacity", words) }

    private func number(_ value: Any?) throws -> Double { try #require(value as? Double) }

    /// Runs it with `option` and a file that holds this.
    private func run(_ option: String, _ content: Data, _ words: [String]) throws -> BuiltTool.Said {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("capacity-\(UUID().uuidString).csv")
        try content.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run([option, file.path] + words)
    }

    @Test(arguments: [("21", 0.735), ("70", 0.156)])
    func `its contract: the keys, 73,5% with 21 spaces, 15,6% with 70, 84 for 5%`(
        _ spaces: String, _ refused: Double
    ) throws {
        let said = try run(Self.usual + ["--spaces", spaces, "--json"])
        #expect(said.status == 0 && said.error.isEmpty)
        let json = try said.json()
        #expect(Set(json.keys) == [
            "refused", "spaces_for_target", "interval", "simulation", "inputs", "what_matters",
        ])
        #expect(abs(try number(json["refused"]) - refused) < 0.000_5)
        #expect(json["spaces_for_target"] as? Int == 84)
        let interval = try #require(json["interval"] as? [String: Any])
        #expect(interval["spaces_for_target"] as? [String: Int] == ["low": 75, "high": 94])
        let simulation = try #require(json["simulation"] as? [String: Any])
        #expect(abs(try number(simulation["refused"]) - refused) < 0.003)
        #expect(simulation["agrees"] as? Bool == true)
    }

    @Test func `waiting, a season, closed areas and own stays have a key each beside the loss model`() throws {
        let more = ["--patience-days", "14", "--season-swing", "20%", "--pool", "176.4:49", "--pool", "75.6:21"]
        let json = try run(Self.usual + more + ["--json"]).json()
        #expect(abs(try number(json["refused"]) - 0.156_37) < 1e-5)
        let waiting = try #require(json["waiting"] as? [String: Any])
        #expect(abs(try number(waiting["gave_up"]) - 0.134_939) < 1e-6)
        let season = try #require(json["season"] as? [String: Any])
        #expect(try number(season["worst_month"]) > 0.2)
        let areas = try #require(json["closed_areas"] as? [String: Any])
        #expect(areas["spaces_for_target"] as? Int == 90 && (areas["areas"] as? [Any])?.count == 2)

        let stays = "days,open\n" + (1...40).map { "\($0 * 5),\($0 % 8 == 0 ? "yes" : "no")" }.joined(separator: "\n")
        let own = try run("--stays", Data(stays.utf8), ["--referrals-per-year", "252", "--spaces", "70", "--json"])
        let found = try #require(try own.json()["stays"] as? [String: Any])
        #expect(own.status == 0 && found["ended"] as? Int == 35 && found["open"] as? Int == 5)
        #expect(try number(found["mean_days"]) > 102.5)
    }

    @Test func `exit 1 where no number of spaces is enough, and sizes say who is turned away`() throws {
        let sizes = "what,size,number\nhousehold,1,50\nhousehold,4,50\nunit,2,9\n"
        let said = try run("--mix", Data(sizes.utf8), Self.usual + ["--json"])
        #expect(said.status == 1)
        let json = try said.json()
        #expect(json["spaces_for_target"] is NSNull)
        let simulation = try #require(json["simulation"] as? [String: Any])
        let households = try #require(simulation["households"] as? [[String: Any]])
        #expect(households.map { $0["name"] as? String } == ["1", "4"] && households[1]["refused"] as? Double == 1)
    }

    @Test func `help and a plain answer are for people`() throws {
        let help = try run(["--help"])
        #expect(help.status == 0)
        for option in ["--mix", "--stays", "--patience-days", "--season-swing", "--pool", "--target", "--void-days"] {
            #expect(help.out.contains(option))
        }
        #expect(try run(Self.usual + ["--spaces", "70"]).out.contains("15.6% of households referred: about 39 of 252"))
    }

    /// Words that are wrong, after 252 households and 113 days, and what is said of them.
    private static let wrong: [(words: String, hint: String)] = [
        ("", "--spaces"), ("--spaces x", "--spaces"), ("--spaces -1", "Spaces must be from 0"),
        ("--spaces 70 --target 140%", "The target must be"), ("--spaces 70 --target 5", "--target"),
        ("--spaces 70 --juggle", "--juggle"), ("--spaces 70 --void-days -3", "Void days must be"),
        ("--spaces 70 --referrals-per-year nan", "Referrals a year must be"),
        ("--spaces 70 --stay-days inf", "The mean stay in days must be"),
        ("--spaces 70 --stays x.csv", "not both"), ("--spaces 70 --patience-days 0", "household waits"),
        ("--spaces 70 --season-swing 150%", "0% to 100%"), ("--pool 100:50", "add to 100, not 252"),
        ("--pool 100", "--pool"), ("--mix /nowhere/sizes.csv", "can't be read"), ("--mix /", "can't be read"),
        ("--mix /dev/zero", "longer than"),
    ]

    @Test(arguments: wrong.indices)
    func `what isn't understood is exit 2, with what to do and no figures`(_ place: Int) throws {
        let (words, hint) = Self.wrong[place]
        let said = try run(Self.usual + words.split(separator: " ").map(String.init))
        #expect(said.status == 2 && said.out.isEmpty)
        #expect(said.error.contains(hint), "\(said.error)")
    }

    @Test(arguments: ["--mix", "--stays"])
    func `a hostile file is refused by its line, and stops nothing`(_ option: String) throws {
        let header = option == "--mix" ? "what,size,number\n" : "days,open\n"
        let words = option == "--mix" ? Self.usual : ["--referrals-per-year", "252", "--spaces", "70"]
        let texts: [(String, String)] = [
            ("", "it has no"), ("\0\0\0", "header"), ("name,born\n", "header"), (header + "x,y,z\n", "line 2"),
            (header + "-1,1,1\n", "line 2"), (header + "unit,1e400,1\n", "line 2"),
            (header + String(repeating: "\n", count: 30_000), "lines"),
            (header + String(repeating: ",", count: 900_000), "it has no"),
        ]
        let bytes: [(Data, String)] = [
            (Data(repeating: 0x30, count: 1_000_001), "longer than"), (Data([0x50, 0x4B, 3, 4, 0xFF, 0xFE]), "UTF-8"),
        ]
        for (content, hint) in bytes + texts.map({ (Data($0.0.utf8), $0.1) }) {
            let said = try run(option, content, words)
            #expect(said.status == 2 && said.out.isEmpty)
            #expect(said.error.contains(hint), "\(said.error.prefix(300))")
        }
    }
}
