import Foundation

// The machine: address, assets, PDF helper, disks, witness, list of breached passwords.
extension Findings {
    /// The address that people type, and who can listen in on the way.
    mutating func examineAddress(_ settings: Settings) {
        let url = URL(string: settings.publicURL)
        guard let url, let host = url.host, ["http", "https"].contains(url.scheme ?? "") else {
            return wrong("public_url '\(settings.publicURL)' is no address.", "Write it as https://NAME.")
        }
        let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
        if url.scheme == "http", !isLocal {
            wrong("People reach \(settings.publicURL) without encryption.",
                  "Put the reverse proxy of Deploy/ in front, and write public_url = https://...")
        } else if !["127.0.0.1", "::1", "localhost"].contains(settings.listenHost), !settings.behindProxy {
            advice("The server listens on \(settings.listenHost), not only for a proxy on this machine.",
                   "Use listen = 127.0.0.1:PORT behind the reverse proxy of Deploy/.")
        } else if url.scheme == "https", !settings.behindProxy {
            advice("A proxy answers for \(settings.publicURL), but behind_proxy is not true.",
                   "All visitors then share one address when guesses at passwords are slowed down.")
        } else {
            ok("The address is \(settings.publicURL).")
        }
    }

    /// Style sheet, script and font.
    mutating func examineAssets(_ settings: Settings) {
        do {
            _ = try Assets(directory: settings.assets)
            ok("The assets are in \(settings.assets).")
        } catch {
            wrong("The assets are not complete.", error)
        }
    }

    /// The helper for PDF files, which is asked for one.
    mutating func examinePDF(_ maker: PDFMaker) async {
        if await maker.make(EmptySheet()) != nil { return ok("PDF files can be made.") }
        advice(maker.isHere ? "PDF files can’t be made: the helper in \(maker.folder) fails."
                   : "PDF files can’t be made: there is no helper in \(maker.folder).",
               "Packs can be printed from a page. docs/guide/troubleshooting.md says how to get it.")
    }

    /// The helper for workbooks, which is asked to read what is none.
    mutating func examineWorkbooks(_ reader: WorkbookReader) async {
        let works: Bool
        do {
            _ = try await reader.sheet(of: WorkbookReader.none)
            works = false
        } catch {
            works = error == .noWorkbook
        }
        if works { return ok("Workbooks can be read.") }
        advice(reader.isHere ? "Workbooks can’t be read: the helper in \(reader.folder) fails."
                   : "Workbooks can’t be read: there is no helper in \(reader.folder).",
               "Agencies can send CSV files. docs/guide/troubleshooting.md says how to get it.")
    }

    /// Room on each disk that one of the directories is on.
    mutating func examineDisks(_ directories: [String?]) {
        var seen: Set<Int> = []
        for directory in directories.compactMap(\.self) {
            let path = directory.isEmpty ? "." : directory
            guard let facts = try? FileManager.default.attributesOfFileSystem(forPath: path),
                let free = facts[.systemFreeSize] as? NSNumber, let size = facts[.systemSize] as? NSNumber,
                seen.insert((facts[.systemNumber] as? NSNumber)?.intValue ?? seen.count).inserted else { continue }
            let megabytes = free.int64Value >> 20
            let percent = size.int64Value == 0 ? 0 : free.int64Value * 100 / size.int64Value
            let words = "The disk under \(path) has \(megabytes) MB (\(percent)%) left"
            if megabytes < 200 {
                wrong("\(words): it is full.", "While it is full nothing can be saved. Free some space.")
            } else if megabytes < 2_000 || percent < 5 {
                advice("\(words).", "Make room before it is full.")
            } else {
                ok("\(words).")
            }
        }
    }

    /// Where copies of checkpoints go.
    mutating func examineWitness(_ settings: Settings) {
        guard let directory = settings.witness else {
            return advice(
                "No witness directory is configured, so no copy of the audit log's checkpoints leaves the database.",
                "Set witness = DIR, best on another machine: without it whoever holds the keys can rewrite the log.")
        }
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
        let looked = exists ? directory : (directory as NSString).deletingLastPathComponent
        if exists, !isDirectory.boolValue {
            wrong("The witness directory \(directory) is a file.", "Give witness another name in the configuration.")
        } else if access(looked, W_OK | X_OK) != 0 {
            wrong("The witness directory \(directory) can't be written by this user.",
                  "Checkpoints wait until it can: make it, and give it to the server's user.")
        } else {
            ok("Checkpoints are handed to \(directory).")
        }
    }

    /// Whether weak passwords are known.
    mutating func examineBreachList(_ settings: Settings) {
        let todo = "Fetch Pwned Passwords (SHA-1, ordered by hash) on any machine, then drystone breach-list build."
        guard let path = settings.breachList else {
            return advice(
                "There is no list of breached passwords. Debian's own (john-data) would not help: of its 3,546 "
                    + "passwords, eleven have the twelve characters that are asked for here.", todo)
        }
        do {
            let count = try BreachList(contentsOf: URL(fileURLWithPath: path)).count
            if count < 1_000_000 {
                advice("The list of breached passwords knows only \(count).", todo)
            } else {
                ok("The list of breached passwords knows \(count).")
            }
        } catch {
            wrong("The list of breached passwords \(path) can't be used, and the server does not start.", error)
        }
    }
}

/// A document of nobody, to try the helper with.
private struct EmptySheet: Encodable {
    let title = "Notes", mark = "", day = "", at = 0
    let letter = [""], pieces = [String]()
}
