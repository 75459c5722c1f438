import ArgumentParser
import Foundation
import Linkage

extension EncodingMode: ExpressibleByArgument {
    public init?(argument: String) {
        guard let mode = Self.allCases.first(where: { $0.name == argument }) else { return nil }
        self = mode
    }

    public var defaultValueDescription: String { name }
    public static var allValueStrings: [String] { allCases.map(\.name) }
}

extension EncodedAttributes.Attribute: ExpressibleByArgument {}

/// `drystone encode`
struct Encode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keyed encodings of an agency's records, made on its own machine, to be linked without a name.",
        discussion: """
            1. One agency makes a key and gives it to the others by hand, never to whoever links:
               drystone encode --new-key linkage.key
            2. Each agency encodes its own file:
               drystone encode referrals.csv --key linkage.key --out referrals.enc
            3. Each sends its .enc file to whoever links. It is still personal data.

            The file is CSV in UTF-8 with any of the columns record_id, agency, event_date, forename, middle_name, \
            surname, dob, sex, postcode, nhs_number, phone. Nothing of it leaves in the clear. --mode record shows \
            whoever links less of each field than --mode field does, and links less well: docs/guide/encoding.md.

            --attributes adds year, age band, sex, ethnicity and area for counting, in the clear, and is refused where \
            fewer than five records share a combination; --only names those wanted.

            --check FILE.enc says whether a file was made with the key and is as it was made.

            Exit codes: 0 done, 1 refused, 2 not understood.
            """)

    @Argument(help: ArgumentHelp("The agency's records, CSV.", valueName: "file"))
    var file: String?
    @Option(help: ArgumentHelp("The key that the agencies share.", valueName: "keyfile"))
    var key: String?
    @Option(help: ArgumentHelp("Makes a key, in a file that only you may read.", valueName: "keyfile"))
    var newKey: String?
    @Option(help: ArgumentHelp("The encoded file to write.", valueName: "file"))
    var out: String?
    @Option(help: "field links best; record shows less of each field.")
    var mode = EncodingMode.field
    @Option(help: ArgumentHelp("Whose records these are, where no column says it.", valueName: "name"))
    var agency: String?
    @Flag(help: "Adds banded year, age band, sex, ethnicity and area, for counting.")
    var attributes = false
    @Option(parsing: .singleValue, help: ArgumentHelp("Only this attribute; again for more.", valueName: "attribute"))
    var only: [EncodedAttributes.Attribute] = []
    @Option(help: ArgumentHelp("An encoded file to check against the key.", valueName: "file"))
    var check: String?
    @Flag(help: "One JSON document on standard output.")
    var json = false

    func validate() throws {
        if key != nil, newKey != nil { throw ValidationError("Give --key or --new-key, not both.") }
        if key == nil, newKey == nil {
            throw ValidationError("Missing expected argument '--key <keyfile>' (or '--new-key <keyfile>').")
        }
        if file == nil, newKey == nil, check == nil { throw ValidationError("Missing expected argument '<file>'.") }
        if file != nil, out == nil { throw ValidationError("Missing expected argument '--out <file>'.") }
        if file != nil, check != nil { throw ValidationError("Give a file to encode or --check, not both.") }
    }

    func run() throws {
        let secret = try newKey.map(KeyFile.make) ?? KeyFile.read(key ?? "")
        if let check { return try verify(check, secret) }
        guard let file, let out else { return }
        let request = Encoding.Request(secret, mode: mode, agency: agency, attributes: try wanted(file))
        let data = try WholeFile(file, atMost: 2_000_000_000)
        let clock = ContinuousClock(), began = clock.now
        let outcome: Encoding.Outcome
        do throws(Encoding.Problem) {
            outcome = try data.with { bytes throws(Encoding.Problem) in
                try Encoding.encode(bytes, request, progress: EncodedProgress().told)
            }
        } catch {
            throw try Self.refusal(error, file)
        }
        try EncodedOutput.write(outcome.file, to: out)
        let seconds = (clock.now - began) / .seconds(1)
        let document = EncodeDocument(outcome, secret, mode, out: out, seconds: seconds)
        if json { try Terminal.printJSON(document) } else { print(document.lines.joined(separator: "\n")) }
    }

    private func wanted(_ file: String) throws -> [EncodedAttributes.Attribute] {
        guard attributes || !only.isEmpty else { return [] }
        if !only.isEmpty { return EncodedAttributes.Attribute.allCases.filter(only.contains) }
        // Without --only, those that the file has.
        let head = try Terminal.head(of: file)
        return EncodedAttributes.Attribute.allCases.filter { attribute in
            switch attribute {
            case .year: head.contains("event_date")
            case .age: head.contains("event_date") && head.contains("dob")
            case .sex, .ethnicity, .area: head.contains(attribute.rawValue)
            }
        }
    }

    private static func refusal(_ problem: Encoding.Problem, _ file: String) throws -> Unreadable {
        switch problem {
        case .file(let text): return Unreadable(text: "\(file) can't be used: \(text).")
        case .tooFew(let combinations, let records):
            Terminal.complain(
                "drystone: refused, nothing was written. \(records) records are in \(combinations) combinations of "
                    + "attributes that fewer than \(EncodedAttributes.smallest) records share, and such a combination "
                    + "tells who somebody is. Ask for fewer attributes (--only year --only sex), merge small areas and "
                    + "groups in the file, or leave --attributes out.")
            throw ExitCode(1)
        }
    }

    private func verify(_ path: String, _ secret: EncodingKey) throws {
        let bytes = try WholeFile(path, atMost: 2_000_000_000).with { Array($0) }
        let found: EncodedFile
        do throws(EncodedFile.Problem) {
            found = try EncodedFile(bytes)
        } catch {
            throw Unreadable(text: "\(path) can't be used: \(error.description).")
        }
        guard found.keyID == secret.id else {
            Terminal.complain("drystone: \(path) was made with another key: its id is "
                + "\(EncodeDocument.id(found.keyID)), this key's \(EncodeDocument.id(secret.id)).")
            throw ExitCode(1)
        }
        guard EncodedFile.isMade(bytes, with: secret) else {
            Terminal.complain("drystone: \(path) was changed by somebody without the key. Don't use it.")
            throw ExitCode(1)
        }
        print("\(path) was made with this key and is as it was made: \(found.count) records, mode \(found.mode.name).")
    }
}
