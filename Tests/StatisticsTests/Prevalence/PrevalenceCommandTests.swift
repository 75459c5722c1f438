import Foundation
import Testing

@Suite("Prevalence: the command") struct PrevalenceCommandTests {
    private func run(_ files: [String], _ words: [String]) throws -> BuiltTool.Said {
        try BuiltTool.run("prevalence", on: files, words)
    }

    private static func populations(sexes: [String] = []) -> String {
        var lines = ["estimate,code,area,age,persons" + (sexes.isEmpty ? "" : ",sex")]
        for estimate in ["mid-2019", "mid-2020"] {
            for sex in sexes.isEmpty ? [""] : sexes {
                for age in 0...90 {
                    let people = estimate == "mid-2020" && age == 16 ? 28_834 : age > 74 || age < 16 ? 10 : 0
                    let last = age == 90 ? "+" : "", column = sex.isEmpty ? "" : ",\(sex)"
                    lines.append("\(estimate),E06000017,Rutland,\(age)\(last),\(people)\(column)")
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private static let asked = ["--populations", "{0}", "--area", "E06000017"]

    @Test func `its contract: an estimate with what it was made of, from the last populations`() throws {
        let said = try run(
            [Self.populations()], Self.asked + ["--rates", "csew_2020", "--identified", "453", "--json"])
        #expect(said.status == 0 && said.error.isEmpty, "\(said.error)")
        let json = try said.json()
        let one = try #require((json["estimates"] as? [[String: Any]])?.first)
        #expect(one["estimate"] as? Int == 1_590 && one["numerator"] as? String == "1585.87")
        #expect(one["denominator"] as? Int == 28_834 && one["older_not_covered"] as? Int == 160)
        #expect((one["definition"] as? String)?.contains("adults") == true && one["period"] is String)
        #expect((json["rates"] as? [String: String])?["status"] == "published")
        #expect((json["area"] as? [String: String])?["populations"] == "mid-2020")
        let why = try #require((json["not_worked_out"] as? [[String: String]])?.first?["why"])
        #expect(why.contains("column sex"))
        #expect((json["identified"] as? [String: Any])?["percent"] as? String == "28.5")
        let text = try run([Self.populations()], Self.asked + ["--identified", "453"])
        #expect(text.out.contains("1,590 adults") && text.out.contains("Caveat") && text.out.contains("28.5%"))
    }

    @Test func `rates by sex need populations by sex`() throws {
        let without = try run([Self.populations()], Self.asked + ["--rates", "csew_2019"])
        #expect(without.status == 2 && without.out.isEmpty && without.error.contains("a column sex"))
        let both = try run(
            [Self.populations(sexes: ["female", "male"])], Self.asked + ["--rates", "csew_2019", "--json"])
        let estimates = try #require(try both.json()["estimates"] as? [[String: Any]])
        #expect(estimates.map { $0["numerator"] as? String } == ["2162.55", "1095.692"])
        #expect(estimates.map { $0["estimate"] as? Int } == [2_160, 1_100])
    }

    private static let own = """
        {"name": "ours", "title": "t", "status": "fitted", "source": "s", "vintage": "v", "caveat": "c",
         "round_to": 1, "measures": [{"name": "m", "definition": "d", "period": "p",
         "parts": [{"sex": "persons", "ages": "16-74", "percent": 5}]}]}
        """

    @Test func `a set of one's own by its file; fitted rates say so first`() throws {
        let said = try run([Self.populations(), Self.own], Self.asked + ["--rates", "{1}"])
        #expect(said.status == 0 && said.out.hasPrefix("THESE RATES ARE FITTED"), "\(said.error)")
        for (from, to, hint) in [
            ("\"name\": \"ours\",", "", "\"name\" is missing"), ("16-74", "74-16", "ages must be"),
            ("\"percent\": 5", "\"percent\": 500", "rate must"), ("\"caveat\": \"c\",", "", "caveat"),
            ("fitted", "guessed", "status"), ("\"s\"", "\"\"", "must say"), ("]}]}", "]", "isn't JSON"),
        ] {
            let wrong = Self.own.replacingOccurrences(of: from, with: to)
            let said = try run([Self.populations(), wrong], Self.asked + ["--rates", "{1}"])
            #expect(said.status == 2 && said.out.isEmpty && said.error.contains(hint), "\(said.error)")
        }
    }

    @Test(arguments: [
        (["--area", "E99999999"], "there is no area"),
        (["--area", "E06000017", "--estimate", "x"], "mid-2019, mid-2020"),
        (["--area", "E06000017", "--rates", "nope"], "csew_2020"), ([], "--area"),
        (["--area", "E06000017", "--measure", "x"], "it has last_year"),
        (["--area", "E06000017", "--identified", "-1"], "number of people"),
    ]) func `what can't be used is exit 2 with what to do`(_ words: [String], _ hint: String) throws {
        let said = try run([Self.populations()], ["--populations", "{0}"] + words)
        #expect(said.status == 2 && said.out.isEmpty && said.error.contains(hint), "\(said.error)")
    }
}
