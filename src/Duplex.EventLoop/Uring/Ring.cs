using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Uring;

/// <summary>
/// One io_uring: <see cref="Prepare"/> fills the submission queue, and <see cref="Enter"/> submits it and waits in a
/// single system call. Only the thread that created the ring may use it.
/// </summary>
/// <remarks>
/// The parameter block (<c>struct io_uring_params</c>, 120 bytes): entries of both queues at 0 and 4, flags at 8,
/// features at 20, and from 40 and 80 on the offsets of head, tail, mask, entries ... of the two queues in the mapping
/// that they share (IORING_FEAT_SINGLE_MMAP, since 5.4).
/// <para>
/// The kernel consumes entries in order and not necessarily all at once: an entry, and the memory that it points to, may
/// be reused only when the kernel's head has passed it. <see cref="IsEmpty"/> returns whether it has passed all of them.
/// </para>
/// </remarks>
internal sealed unsafe class Ring : IDisposable
{
    private const uint CompletionSizeFlag = 1 << 3;
    private const uint SubmitAllFlag = 1 << 7;
    private const uint CooperativeFlag = 1 << 8;
    private const uint SingleIssuerFlag = 1 << 12;
    private const uint DeferTaskRunFlag = 1 << 13;

    private const uint GetEvents = 1;

    // IORING_NOP_INJECT_RESULT, since 6.10.
    private const uint InjectResult = 1;
    private const nint EntriesOffset = 0x10000000;
    private const int ReadWrite = 3;
    private const int SharedPopulate = 0x1 | 0x8000;

    // The kernel consumes no entry while it cannot allocate. MakeRoom retries for about this long, in milliseconds.
    private const int MaxRoomWaits = 5_000;

    private readonly int _fd;
    private readonly uint _entries;
    private readonly byte* _rings;
    private readonly nint _ringsLength;
    private readonly SubmissionEntry* _submissions;
    private readonly uint* _submissionHead;
    private readonly uint* _submissionTail;
    private readonly uint _submissionMask;
    private readonly CompletionEntry* _completions;
    private readonly uint* _completionHead;
    private readonly uint* _completionTail;
    private readonly uint _completionMask;
    private readonly Queue<CompletionEntry> _early = new();
    private SubmissionEntry* _discarded;
    private uint _tail;
    private uint _injected;

    /// <exception cref="UringException">The kernel forbids io_uring or lacks a required feature (before 6.1).</exception>
    public Ring(uint entries)
    {
        _entries = entries;
        var parameters = stackalloc byte[120];
        Unsafe.InitBlock(parameters, 0, 120);
        var words = (uint*)parameters;
        // A burst of completions larger than the queue would go through the kernel's slower overflow list.
        words[1] = entries * 4;
        // Deferred task work runs inside Enter, on this thread and in one batch, without interrupts.
        words[2] = CompletionSizeFlag | SubmitAllFlag | CooperativeFlag | SingleIssuerFlag | DeferTaskRunFlag;
        _fd = LibC.IoUringSetup(entries, parameters);
        if (_fd < 0) throw new UringException("io_uring_setup", LibC.LastError);

        var submission = (uint*)(parameters + 40);
        var completion = (uint*)(parameters + 80);
        _ringsLength = Math.Max((nint)(submission[6] + words[0] * sizeof(uint)), (nint)completion[5] + (nint)words[1] * sizeof(CompletionEntry));
        _rings = (byte*)LibC.Map(null, _ringsLength, ReadWrite, SharedPopulate, _fd, 0);
        _submissions = (SubmissionEntry*)LibC.Map(null, (nint)(words[0] * sizeof(SubmissionEntry)), ReadWrite, SharedPopulate, _fd, EntriesOffset);
        if ((nint)_rings == -1 || (nint)_submissions == -1)
        {
            var error = LibC.LastError;
            LibC.Close(_fd);
            throw new UringException("mmap", error);
        }

        _submissionHead = (uint*)(_rings + submission[0]);
        _submissionTail = (uint*)(_rings + submission[1]);
        _submissionMask = *(uint*)(_rings + submission[2]);
        _completionHead = (uint*)(_rings + completion[0]);
        _completionTail = (uint*)(_rings + completion[1]);
        _completionMask = *(uint*)(_rings + completion[2]);
        _completions = (CompletionEntry*)(_rings + completion[5]);

        // The kernel reads entry indices from an array, which is set once to the identity.
        var array = (uint*)(_rings + submission[6]);
        for (uint i = 0; i < words[0]; i++) array[i] = i;
    }

    /// <summary>The ring's descriptor, to register buffers with.</summary>
    public int Fd => _fd;

    /// <summary>Whether the kernel has consumed every prepared entry.</summary>
    public bool IsEmpty => _tail == Volatile.Read(ref *_submissionHead);

    /// <summary>Whether a completion is available.</summary>
    public bool HasCompletions => _early.Count > 0 || *_completionHead != Volatile.Read(ref *_completionTail);

    private bool IsFull => _tail - Volatile.Read(ref *_submissionHead) == _entries;

    /// <summary>Returns the next free submission entry, cleared; submits a full queue first.</summary>
    /// <exception cref="UringException">The kernel consumed no entry for seconds.</exception>
    public ref SubmissionEntry Prepare()
    {
        if (_discarded is not null) return ref *_discarded;
        if (IsFull) MakeRoom();
        Debug.Assert(!IsFull, "The kernel has not consumed the entry.");
        ref var entry = ref _submissions[_tail++ & _submissionMask];
        entry = default;
        return ref entry;
    }

    /// <summary>Submits the prepared entries and waits for at least <paramref name="wait"/> completions.</summary>
    /// <returns>
    /// Whether the kernel consumed every entry; otherwise it is short of memory or holds unread completions, did not wait,
    /// and the caller tries again.
    /// </returns>
    /// <exception cref="UringException">The call failed permanently.</exception>
    public bool Enter(uint wait)
    {
        if (_discarded is not null) return true;
        Volatile.Write(ref *_submissionTail, _tail);
        if (SystemCallFaults.AreInjected) InjectFaults();
        while (true)
        {
            var submit = _tail - Volatile.Read(ref *_submissionHead);
            var result = LibC.IoUringEnter(_fd, submit, wait, GetEvents);
            if (result == (int)submit || (result >= 0 && submit == 0)) return true;
            if (result > 0) continue;
            switch (result == 0 ? Errno.Again : LibC.LastError)
            {
                case Errno.Interrupted:
                    continue;
                // The kernel is short of memory, or completions must be read before it consumes more entries.
                case Errno.Busy or Errno.Again or Errno.NoMemory or Errno.NoBufferSpace:
                    // Entries that cannot be submitted must not delay completions.
                    LibC.IoUringEnter(_fd, 0, 0, GetEvents);
                    return false;
                case var error:
                    throw new UringException("io_uring_enter", error);
            }
        }
    }

    /// <summary>Removes the next completion; returns false when there is none.</summary>
    public bool TryComplete(out CompletionEntry completion)
    {
        if (_early.Count > 0) return _early.TryDequeue(out completion);
        return TryRead(out completion);
    }

    /// <summary>
    /// Closes the ring and so cancels its pending operations, each of which keeps its socket open after the descriptor is
    /// closed. Entries prepared from then on are discarded.
    /// </summary>
    public void Abandon()
    {
        if (_discarded is not null) return;
        _discarded = (SubmissionEntry*)NativeMemory.AllocZeroed((nuint)sizeof(SubmissionEntry));
        Close();
    }

    public void Dispose()
    {
        if (_discarded is null) Close();
        NativeMemory.Free(_discarded);
    }

    // The mappings keep the ring alive, as the descriptor does.
    private void Close()
    {
        LibC.Unmap(_submissions, (nint)(_entries * sizeof(SubmissionEntry)));
        LibC.Unmap(_rings, _ringsLength);
        LibC.Close(_fd);
    }

    private bool TryRead(out CompletionEntry completion)
    {
        var head = *_completionHead;
        if (head == Volatile.Read(ref *_completionTail))
        {
            completion = default;
            return false;
        }

        completion = _completions[head & _completionMask];
        Volatile.Write(ref *_completionHead, head + 1);
        return true;
    }

    private void MakeRoom()
    {
        for (var i = 0; i < MaxRoomWaits; i++)
        {
            if (Enter(0) || !IsFull) return;
            // The kernel may need room in the completion queue. The completions read here are dispatched in the next turn.
            while (TryRead(out var completion)) _early.Enqueue(completion);
            Thread.Sleep(1);
        }

        throw new UringException("io_uring_enter", Errno.Again);
    }

    /// <summary>Replaces, in tests, an operation that must fail by a no-op with that result (IORING_NOP_INJECT_RESULT).</summary>
    private void InjectFaults()
    {
        for (; _injected != _tail; _injected++)
        {
            if (SystemCallFaults.Current is not { } faults) continue;
            ref var entry = ref _submissions[_injected & _submissionMask];
            var call = entry.Operation switch
            {
                UringOperation.Receive => SystemCall.UringReceive,
                UringOperation.Send or UringOperation.SendMessage => SystemCall.UringSend,
                UringOperation.Accept => SystemCall.UringAccept,
                UringOperation.PollAdd => SystemCall.UringPoll,
                _ => default(SystemCall?),
            };
            if (call is not { } known) continue;
            if (faults.Fail(known, entry.Fd) is var error and not 0)
            {
                entry = new SubmissionEntry
                {
                    Operation = UringOperation.Nothing,
                    OperationFlags = InjectResult,
                    Length = (uint)-error,
                    UserData = entry.UserData,
                };
            }
            else if (entry.Operation == UringOperation.Send)
            {
                entry.Length = (uint)faults.Shorten(known, entry.Fd, (nint)entry.Length);
            }
        }
    }
}
