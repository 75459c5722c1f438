import Foundation
import Statistics

/// The rule of a run: of a profile by name or file, or of the release itself.
enum ProtectProfile {
    static func rule(_ profile: String?, _ input: ProtectInput, insider: Bool) throws -> DisclosureRule {
        var rule: DisclosureRule
        if let profile {
            if let known = DisclosureRule.profiles.first(where: { $0.name == profile }) {
                rule = known
            } else if profile.hasSuffix(".json") {
                rule = try read(profile)
            } else {
                let names = DisclosureRule.profiles.map(\.name).joined(separator: ", ")
                throw Unreadable(text: "there is no profile \(profile); there are \(names), or a file *.json.")
            }
            rule.populations.merge(try populations(input.rule, "the release's rule")) { $1 }
        } else if input.rule.isEmpty {
            rule = .drystone
        } else {
            rule = try make(input.rule, "the release's rule", name: "as given")
        }
        if insider { rule.withstandsInsiders = true }
        return rule
    }

    private static func read(_ path: String) throws -> DisclosureRule {
        let text = try Terminal.text(of: path)
        guard let json = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw Unreadable(text: "\(path) isn't a profile: it must be a JSON object with at least \"threshold\".")
        }
        let known: Set = [
            "name", "threshold", "min_width", "zero_sensitive", "small_area_threshold", "small_area", "populations",
            "rounding", "insider", "comment",
        ]
        // A slip of the hand in a rule is a rule that isn't applied.
        if let unknown = json.keys.filter({ !known.contains($0) }).sorted().first {
            let all = known.sorted().joined(separator: ", ")
            throw Unreadable(text: "\(path) has \"\(unknown)\", which no profile has: \(all).")
        }
        return try make(json, path, name: json["name"] as? String ?? path)
    }

    private static func make(_ json: [String: Any], _ path: String, name: String) throws -> DisclosureRule {
        func number(_ key: String, _ usual: Int?, _ range: ClosedRange<Int>) throws -> Int {
            guard let value = json[key], !(value is NSNull) else {
                if let usual { return usual }
                throw Unreadable(text: "\(path) has no \"\(key)\": counts from 1 to one less are small.")
            }
            guard let number = value as? Int, range.contains(number) else {
                throw Unreadable(
                    text: "\(path): \"\(key)\" must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            }
            return number
        }
        let threshold = try number("threshold", nil, 1...10_000)
        return DisclosureRule(
            name: name, threshold: threshold,
            smallAreaThreshold: try number("small_area_threshold", threshold, 1...10_000),
            smallArea: try number("small_area", 100_000, 0...100_000_000), populations: try populations(json, path),
            leastWidth: try number("min_width", 1, 0...10_000), hidesZeros: json["zero_sensitive"] as? Bool ?? false,
            withstandsInsiders: json["insider"] as? Bool ?? false, rounding: try rounding(json, path))
    }

    private static func populations(_ json: [String: Any], _ path: String) throws -> [String: Int] {
        guard let value = json["populations"], !(value is NSNull) else { return [:] }
        guard let people = value as? [String: Int] else {
            throw Unreadable(text: "\(path): \"populations\" must be people by area.")
        }
        return people
    }

    private static func rounding(_ json: [String: Any], _ path: String) throws -> DisclosureRule.Rounding {
        guard let value = json["rounding"], !(value is NSNull) else { return .none }
        guard let rounding = value as? [String: Any], let base = rounding["base"] as? Int, (1...10_000).contains(base)
        else {
            throw Unreadable(
                text: "\(path): \"rounding\" must be {\"base\": 5} or {\"base\": 10, \"totals_only\": true}.")
        }
        return rounding["totals_only"] as? Bool ?? false ? .totals(base) : .all(base)
    }
}
