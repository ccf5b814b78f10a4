using System.Runtime.CompilerServices;
using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Uring;

/// <summary>
/// One io_uring: the submission queue is filled by <see cref="Prepare"/>, and <see cref="Enter"/> hands it over and
/// waits in a single system call. Belongs to the thread that created it.
/// </summary>
/// <remarks>
/// The parameter block (<c>struct io_uring_params</c>, 120 bytes): entries of both queues at 0 and 4, flags at 8,
/// features at 20, and from 40 and 80 on the places of head, tail, mask, entries ... of the two queues in the
/// mapping that they share (IORING_FEAT_SINGLE_MMAP, since 5.4).
/// </remarks>
internal sealed unsafe class Ring : IDisposable
{
    private const uint CompletionSizeFlag = 1 << 3;
    private const uint SubmitAllFlag = 1 << 7;
    private const uint CooperativeFlag = 1 << 8;
    private const uint SingleIssuerFlag = 1 << 12;
    private const uint DeferTaskRunFlag = 1 << 13;

    private const uint GetEvents = 1;
    private const nint EntriesOffset = 0x10000000;
    private const int ReadWrite = 3;
    private const int SharedPopulate = 0x1 | 0x8000;

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
    private uint _tail;

    /// <exception cref="UringException">The kernel refuses, or lacks what is needed (before 6.1).</exception>
    public Ring(uint entries)
    {
        _entries = entries;
        var parameters = stackalloc byte[120];
        Unsafe.InitBlock(parameters, 0, 120);
        var words = (uint*)parameters;
        // A burst of completions larger than the queue would go through the kernel's slower overflow list.
        words[1] = entries * 4;
        // Deferred task work runs inside Enter, on this thread, in one batch, and interrupts nobody.
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

        // The kernel reads entry numbers from an array; ours always says: entry n stands at place n.
        var array = (uint*)(_rings + submission[6]);
        for (uint i = 0; i < words[0]; i++) array[i] = i;
    }

    /// <summary>For registering buffers and the like.</summary>
    public int Fd => _fd;

    /// <summary>The next free submission entry, cleared. When the queue is full, it is handed over first.</summary>
    public ref SubmissionEntry Prepare()
    {
        if (_tail - Volatile.Read(ref *_submissionHead) == _entries) Enter(0);
        ref var entry = ref _submissions[_tail++ & _submissionMask];
        entry = default;
        return ref entry;
    }

    /// <summary>Hands over what was prepared and waits for at least <paramref name="wait"/> completions.</summary>
    public void Enter(uint wait)
    {
        Volatile.Write(ref *_submissionTail, _tail);
        while (true)
        {
            var submit = _tail - Volatile.Read(ref *_submissionHead);
            var result = LibC.IoUringEnter(_fd, submit, wait, GetEvents);
            if (result == (int)submit || (result >= 0 && submit == 0)) return;
            if (result >= 0) continue;
            switch (LibC.LastError)
            {
                case Errno.Interrupted:
                    continue;
                // Completions must be read before the kernel takes more.
                case Errno.Busy or Errno.Again:
                    return;
                case var error:
                    throw new UringException("io_uring_enter", error);
            }
        }
    }

    /// <summary>Takes the next completion.</summary>
    public bool TryComplete(out CompletionEntry completion)
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

    public void Dispose()
    {
        LibC.Unmap(_submissions, (nint)(_entries * sizeof(SubmissionEntry)));
        LibC.Unmap(_rings, _ringsLength);
        LibC.Close(_fd);
    }
}
