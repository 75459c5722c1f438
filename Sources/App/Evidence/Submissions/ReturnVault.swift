import Crypto
import Foundation
import Postgres

/// The key of one return, and what is sealed with it. Of records in the clear it is wrapped by the agency's key, so it
/// opens within the agency alone; of an encoded file by a key of the server, because whoever links reads it.
struct ReturnVault: Sendable {
    let id: UUID
    let agency: UUID
    private let key: SymmetricKey

    /// A new key, and as it is stored.
    static func make(
        _ place: DataReturnPlace, _ db: isolated Connection, _ visit: Visit
    ) throws -> (ReturnVault, wrapped: Data) {
        make(place, under: try parent(place, db, visit))
    }

    /// The same under a key that is known.
    static func make(_ place: DataReturnPlace, under parent: SymmetricKey) -> (ReturnVault, wrapped: Data) {
        let key = SymmetricKey(size: .bits256)
        return (ReturnVault(id: place.id, agency: place.agency, key: key), WrappedKey(key, under: parent).bytes)
    }

    /// Nil once the key was destroyed.
    static func open(
        _ place: DataReturnPlace, wrapped: Data?, _ db: isolated Connection, _ visit: Visit
    ) throws -> ReturnVault? {
        guard let wrapped else { return nil }
        let key = try WrappedKey(bytes: wrapped).unwrapped(under: try parent(place, db, visit))
        return ReturnVault(id: place.id, agency: place.agency, key: key)
    }

    private static func parent(
        _ place: DataReturnPlace, _ db: isolated Connection, _ visit: Visit
    ) throws -> SymmetricKey {
        place.isEncoded ? visit.services.keys.extract : try db.agencyKey(place.agency, visit)
    }

    func seal(_ bytes: [UInt8], part: Int) throws -> Data { try Sealed.seal(Data(bytes), key: key, place: place(part)) }

    func open(_ sealed: Data, part: Int) throws -> [UInt8] {
        Array(try Sealed.open(sealed, key: key, place: place(part)))
    }

    func seal(_ words: FileWords) throws -> Data {
        try Sealed.seal(JSONEncoder().encode(words), key: key, place: place(nil))
    }

    func words(_ sealed: Data?) throws -> FileWords {
        guard let sealed else { return FileWords() }
        return try JSONDecoder().decode(FileWords.self, from: Sealed.open(sealed, key: key, place: place(nil)))
    }

    /// A piece opens at its own place among the others alone.
    private func place(_ part: Int?) -> Place {
        Place(table: part == nil ? "data_return" : "data_part", column: part.map { "sealed \($0)" } ?? "words", row: id,
              agency: agency)
    }
}

extension Connection {
    /// What opens a return, and what was said of it in words of the file.
    func openReturn(_ one: DataReturn, _ visit: Visit) throws -> (vault: ReturnVault, words: FileWords)? {
        let secrets = try returnSecrets(one.id)
        let vault = try ReturnVault.open(one.place, wrapped: secrets.wrapped, self, visit)
        return try vault.map { ($0, try $0.words(secrets.words)) }
    }
}
