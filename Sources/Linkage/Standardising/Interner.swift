import CPopcount

/// Distinct byte strings, numbered from 1 in the order of their coming; 0 is the empty one.
final class Interner: @unchecked Sendable {
    /// Behind a pointer, so that each access isn't checked for overlapping with another.
    fileprivate struct State {
        var count = 0
        var pool: UnsafeMutablePointer<UInt8>
        var capacity: Int
        var used = 0
        /// ends[id] is where the value ends, ends[id - 1] where it begins.
        var ends: UnsafeMutablePointer<UInt32>
        var room: Int
        var slots: UnsafeMutablePointer<Slot>
        var mask: Int
    }

    /// A value by its whole hash: of two million values two are taken for one once in nine million runs, and bytes
    /// needn't be fetched to be compared. Hash 0 is free.
    fileprivate struct Slot {
        var hash: UInt64
        var id: UInt64
    }

    private let state: UnsafeMutablePointer<State>

    var count: Int { state.pointee.count }

    init(expecting number: Int = 1 << 10) {
        var size = 1 << 11
        while size < number * 2 { size <<= 1 }
        let capacity = max(1 << 12, number * 8), room = max(1 << 10, number)
        state = .allocate(capacity: 1)
        state.initialize(
            to: State(
                pool: .allocate(capacity: capacity), capacity: capacity,
                ends: .allocate(capacity: room + 1), room: room,
                slots: .allocate(capacity: size), mask: size - 1))
        state.pointee.ends[0] = 0
        state.pointee.slots.initialize(repeating: Slot(hash: 0, id: 0), count: size)
    }

    deinit {
        state.pointee.pool.deallocate()
        state.pointee.ends.deallocate()
        state.pointee.slots.deallocate()
        state.deallocate()
    }

    /// The bytes of a value. They stay where they are until the next value is added.
    @inline(__always)
    func value(_ id: Int) -> UnsafeBufferPointer<UInt8> {
        let (pool, ends) = (state.pointee.pool, state.pointee.ends)
        if id == 0 { return UnsafeBufferPointer(start: pool, count: 0) }
        let start = Int(ends[id - 1])
        return UnsafeBufferPointer(start: pool + start, count: Int(ends[id]) - start)
    }

    func text(_ id: Int) -> String { String(decoding: value(id), as: UTF8.self) }

    /// Where values and their ends lie, until the next value is added.
    var storage: (pool: UnsafePointer<UInt8>, ends: UnsafePointer<UInt32>) {
        (UnsafePointer(state.pointee.pool), UnsafePointer(state.pointee.ends))
    }

    /// Adds values for as long as the interner lives, without counting who holds it.
    var writer: Writer { Writer(state: state) }

    struct Writer {
        fileprivate let state: UnsafeMutablePointer<State>

        static func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 { max(1, hashBytes(bytes, length)) }

        /// Asks for the place where a hash is looked up first.
        @inline(__always)
        func fetch(_ hash: UInt64) {
            cpop_fetch(state.pointee.slots + (Int(truncatingIfNeeded: hash) & state.pointee.mask))
        }

        @inline(__always)
        func intern(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> UInt32 {
            length == 0 ? 0 : Interner.intern(state, bytes, length, hash)
        }
    }

    func intern(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        length == 0 ? 0 : Self.intern(state, bytes, length, max(1, hashBytes(bytes, length)))
    }

    @inline(__always)
    private static func intern(
        _ state: UnsafeMutablePointer<State>, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64
    ) -> UInt32 {
        let (slots, mask) = (state.pointee.slots, state.pointee.mask)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].hash != 0 {
            if slots[slot].hash == hash { return UInt32(truncatingIfNeeded: slots[slot].id) }
            slot = (slot + 1) & mask
        }
        return add(&state.pointee, bytes, length, slot, hash)
    }

    private static func add(
        _ state: inout State, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ slot: Int, _ hash: UInt64
    ) -> UInt32 {
        if state.used + length > state.capacity {
            state.capacity = max(state.capacity * 2, state.used + length)
            state.pool = moved(state.pool, state.used, state.capacity)
        }
        (state.pool + state.used).update(from: bytes, count: length)
        state.used += length
        state.count += 1
        if state.count > state.room {
            state.room *= 2
            state.ends = moved(state.ends, state.count, state.room + 1)
        }
        state.ends[state.count] = UInt32(state.used)
        state.slots[slot] = Slot(hash: hash, id: UInt64(state.count))
        if state.count * 2 > state.mask { spread(&state) }
        return UInt32(state.count)
    }

    private static func spread(_ state: inout State) {
        let size = (state.mask + 1) * 2, old = state.slots, count = state.mask + 1
        state.slots = .allocate(capacity: size)
        state.slots.initialize(repeating: Slot(hash: 0, id: 0), count: size)
        state.mask = size - 1
        for at in 0..<count where old[at].hash != 0 {
            var slot = Int(truncatingIfNeeded: old[at].hash) & state.mask
            while state.slots[slot].hash != 0 { slot = (slot + 1) & state.mask }
            state.slots[slot] = old[at]
        }
        old.deallocate()
    }

    private static func moved<Element>(
        _ old: UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.moveInitialize(from: old, count: count)
        old.deallocate()
        return new
    }
}

@inline(__always)
private func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}

@inline(__always)
private func half(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)))
}

/// A hash that is the same on every run and platform. It withstands nobody who wants collisions.
@inline(__always)
func hashBytes(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9e37_79b9_7f4a_7c15
    if count >= 8 {
        var at = 0
        while at + 8 <= count {
            hash = mixed(hash ^ load(bytes + at))
            at += 8
        }
        // The last eight, some of them again.
        return at < count ? mixed(hash ^ load(bytes + count - 8)) : hash
    }
    if count >= 4 { return mixed(hash ^ (half(bytes) | half(bytes + count - 4) << 32)) }
    if count > 0 {
        hash ^= UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
    }
    return mixed(hash)
}

/// Every bit of what goes in moves every bit of what comes out.
@inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 32)) &* 0xd6e8_feb8_6659_fd93
    value = (value ^ (value >> 32)) &* 0xd6e8_feb8_6659_fd93
    return value ^ (value >> 32)
}
