import Foundation
import Linkage

/// `drystone link` of files that `drystone encode` made.
struct LinkEncoded {
    private static let mostBytes = 2_000_000_000
    private let files: [String]
    private let asked: Link

    static func isEncoded(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: EncodedFile.magic.count)).map { Array($0) == EncodedFile.magic } ?? false
    }

    /// `encoded`: those of the files that are.
    init(_ files: [String], _ encoded: [String], _ asked: Link) throws {
        guard encoded.count == files.count else {
            let clear = files.filter { !encoded.contains($0) }.joined(separator: ", ")
            throw Unreadable(
                text: "Encoded files are linked with encoded files only. Encode with the same key: \(clear).")
        }
        let others = [
            ("--schema", asked.schema), ("--model", asked.model), ("--save-model", asked.saveModel),
            ("--export-splink", asked.exportSplink), ("--pairs", asked.pairs), ("--rejected", asked.rejected),
            ("--decisions", asked.decisions.first), ("--review", asked.review), ("--explain", asked.explain.first),
        ].filter { $0.1 != nil }.map(\.0)
        guard others.isEmpty else {
            throw Unreadable(text: "Of encoded files nobody can see what stands in them, so these don't go with them: "
                + others.joined(separator: ", ") + ".")
        }
        (self.files, self.asked) = (files, asked)
    }

    func run() throws {
        let clock = ContinuousClock(), began = clock.now
        let set = try read()
        let linkage = EncodedLinkage(set, threshold: asked.threshold.value)
        if let path = asked.clusters {
            do throws(LinkageProblem) {
                try Link.write(Self.clusters(linkage, set), to: path)
            } catch {
                throw Unreadable(text: error.description)
            }
        }
        let document = LinkEncodedDocument(linkage, set, seconds: (clock.now - began) / .seconds(1))
        if asked.json { try Terminal.printJSON(document) } else { print(document.lines.joined(separator: "\n")) }
    }

    private func read() throws -> EncodedSet {
        var read: [EncodedFile] = []
        for path in files {
            let bytes = try WholeFile(path, atMost: Self.mostBytes).with { Array($0) }
            do throws(EncodedFile.Problem) {
                read.append(try EncodedFile(bytes))
            } catch {
                throw Unreadable(text: "\(path) can't be used: \(error.description).")
            }
        }
        do throws(EncodedSet.Problem) {
            return try EncodedSet(read)
        } catch {
            throw Unreadable(text: words(error))
        }
    }

    private func words(_ problem: EncodedSet.Problem) -> String {
        func named(_ places: [Int]) -> String { places.map { files[$0] }.joined(separator: ", ") }
        switch problem {
        case .otherKey(let places):
            return "Made with another key than \(files[0]): \(named(places)). Nothing of them can be compared. Have "
                + "all encoded with one key."
        case .otherMode(let places):
            return "Made in another mode than \(files[0]): \(named(places)). Have all encoded with the same --mode."
        case .twice(let place):
            return "\(files[place]) has records that stand in a file before it, or has one twice. Give each file once."
        case .tooMany: return "Together they have too many records: at most 10 million, of 1,000 agencies."
        }
    }

    /// By the agencies' own tokens, in their order: nobody else can say whose they are.
    private static func clusters(_ linkage: EncodedLinkage, _ set: EncodedSet) -> Data {
        let order = set.records.indices.sorted { set.records[$0] < set.records[$1] }
        var numbers: [Int32: Int] = [:], text = "record_id,cluster_id\n"
        for place in order {
            let number = numbers[linkage.people[place]] ?? numbers.count + 1
            numbers[linkage.people[place]] = number
            let token = String(set.records[place], radix: 16)
            text += String(repeating: "0", count: 16 - token.count) + token + ",\(number)\n"
        }
        return Data(text.utf8)
    }
}

/// The answer for a program. Shares are from 0 to 1, weights in bits.
struct LinkEncodedDocument: Encodable {
    private let records, people, peopleLow, peopleHigh: Int
    private let clustersBySize: [String: Int]
    private let overlap: [Together]
    private let parameters: Parameters
    private let pairsCompared: Int
    private let seconds, peakMb: Double

    private struct Together: Encodable {
        let agencies: [String]
        let people: Int
    }

    private struct Parameters: Encodable {
        let mode: String
        let fields: [Field]
    }

    private struct Field: Encodable {
        let column: String
        let levels: [Level]
    }

    private struct Level: Encodable {
        let level: String
        let m, u, weight: Double
    }

    init(_ linkage: EncodedLinkage, _ set: EncodedSet, seconds: Double) {
        (records, people) = (set.count, linkage.count)
        (peopleLow, peopleHigh) = (linkage.fewest, linkage.most)
        clustersBySize = Dictionary(uniqueKeysWithValues: linkage.clustersBySize.map { (String($0), $1) })
        overlap = linkage.overlap(set).map { Together(agencies: $0.agencies, people: $0.people) }
        parameters = Parameters(mode: set.mode.name, fields: linkage.model.learnt(set.mode).map { field in
            Field(column: field.field, levels: field.levels.map {
                Level(level: $0.level, m: $0.m, u: $0.u, weight: $0.weight)
            })
        })
        pairsCompared = linkage.pairs
        self.seconds = seconds
        peakMb = LinkDocument.peakMemory()
    }

    /// The same for a reader.
    var lines: [String] {
        var lines = [
            "Records     \(records), encoded (\(parameters.mode) mode)",
            "People      \(people); \(peopleLow) were pairs put together much sooner, \(peopleHigh) much later", "",
            "People by who knows them",
        ]
        lines += overlap.prefix(12).map { "\($0.people)".leading(10) + "  " + $0.agencies.joined(separator: " and ") }
        if overlap.count > 12 { lines.append("            and \(overlap.count - 12) more: --json") }
        return lines + ["", "\(pairsCompared) pairs compared in \(plain((seconds * 10).rounded() / 10)) seconds"]
    }
}
