using System.Runtime.CompilerServices;
using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Uring;

/// <summary>
/// The receive buffers of a loop, provided to the kernel in a ring (<c>struct io_uring_buf</c>: address, length, number;
/// the ring's tail is in the last two bytes of the first entry). All connections of the loop share them, so an idle
/// connection holds none.
/// </summary>
/// <remarks>
/// Since 6.12 the kernel fills a buffer incrementally and continues with the next when it is full: small messages of many
/// connections are adjacent, and a large one is contiguous unless it crosses a buffer's end, where a copy reassembles
/// it. The buffers are therefore few and large: there are few ends, and the bytes received last are still in the
/// processor's cache when they are sent. A turn that receives more than the buffers hold ends receives, which are armed
/// again. Before 6.12 every receive uses a whole buffer, so the buffers are smaller and more numerous there.
/// </remarks>
internal sealed unsafe class ReceiveBuffers : IDisposable
{
    public const ushort Group = 0;

    private const uint RegisterOperation = 22;
    private const uint StatusOperation = 26;
    private const ushort IncrementalFlag = 2;
    private const int EntrySize = 16;
    private const int TailOffset = 14;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly Ring _owner;
    private readonly int _count;
    private readonly int _size;
    private readonly byte* _ring;
    private readonly byte* _buffers;
    private readonly int[] _offsets;
    private ushort _tail;

    /// <exception cref="UringException">The kernel lacks buffer rings (before 5.19).</exception>
    public ReceiveBuffers(Ring ring)
    {
        _owner = ring;
        (_count, _size) = (2, 256 * 1024);
        _ring = Map(EntrySize * 256);
        if (!TryRegister(ring, IncrementalFlag))
        {
            (_count, _size) = (256, 8 * 1024);
            if (!TryRegister(ring, 0))
            {
                var error = LibC.LastError;
                LibC.Unmap(_ring, EntrySize * 256);
                throw new UringException("io_uring_register", error);
            }
        }

        _offsets = new int[_count];
        _buffers = Map((nint)_count * _size);
        for (var i = 0; i < _count; i++) Lend(i);
    }

    /// <summary>The number of buffers that the kernel does not report as provided; 0 where it reports none (before 6.8).</summary>
    public int Missing
    {
        get
        {
            // struct io_uring_buf_status: group, the kernel's position in the ring, reserved.
            var status = stackalloc uint[10];
            new Span<uint>(status, 10).Clear();
            status[0] = Group;
            return LibC.IoUringRegister(_owner.Fd, StatusOperation, status, 1) == 0 ? _count - (ushort)(_tail - status[1]) : 0;
        }
    }

    /// <summary>Returns the bytes of a completion, valid until <see cref="Return"/> for the same completion.</summary>
    public Span<byte> Read(in CompletionEntry completion) =>
        new(_buffers + (nint)completion.BufferId * _size + _offsets[completion.BufferId], completion.Result);

    /// <summary>Releases the bytes of a completion; a buffer that the kernel no longer fills is provided again.</summary>
    public void Return(in CompletionEntry completion)
    {
        var id = completion.BufferId;
        if (completion.BufferContinues)
        {
            _offsets[id] += completion.Result;
            return;
        }

        _offsets[id] = 0;
        Lend(id);
    }

    /// <summary>Unmaps the buffers. The caller disposes the ring first, because the kernel may write into the buffers until then.</summary>
    public void Dispose()
    {
        LibC.Unmap(_buffers, (nint)_count * _size);
        LibC.Unmap(_ring, EntrySize * 256);
    }

    private static byte* Map(nint length)
    {
        var memory = LibC.Map(null, length, ReadWrite, PrivateAnonymous, -1, 0);
        return (nint)memory == -1 ? throw new UringException("mmap", LibC.LastError) : (byte*)memory;
    }

    private bool TryRegister(Ring ring, ushort flags)
    {
        // struct io_uring_buf_reg: ring address, entries, group, flags, reserved.
        var registration = stackalloc byte[40];
        Unsafe.InitBlock(registration, 0, 40);
        *(ulong*)registration = (ulong)_ring;
        *(uint*)(registration + 8) = (uint)_count;
        *(ushort*)(registration + 12) = Group;
        *(ushort*)(registration + 14) = flags;
        return LibC.IoUringRegister(ring.Fd, RegisterOperation, registration, 1) == 0;
    }

    private void Lend(int id)
    {
        var entry = _ring + (_tail & (_count - 1)) * EntrySize;
        *(ulong*)entry = (ulong)(_buffers + (nint)id * _size);
        *(uint*)(entry + 8) = (uint)_size;
        *(ushort*)(entry + 12) = (ushort)id;
        _tail++;
        Volatile.Write(ref *(ushort*)(_ring + TailOffset), _tail);
    }
}
