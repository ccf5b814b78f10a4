using System.Diagnostics;
using System.Runtime.InteropServices;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Uring;

/// <summary>
/// A back end over io_uring: accepts and receives stay armed (multishot), and the sends of a turn are submitted together
/// with the wait, so a busy turn takes one system call regardless of the number of sockets.
/// </summary>
/// <remarks>
/// The user data of a completion holds the operation, the slot and the slot's generation:
/// <code>
///  63      56 55                  32 31                   0
/// | operation |      generation     |        slot          |
/// </code>
/// </remarks>
internal sealed unsafe class UringBackEnd : BackEnd
{
    private const uint Entries = 4096;
    private const int WakeSlot = -1;
    private const ushort Multishot = 1;
    private const ushort ReceiveMultishot = 2;
    private const byte SelectBuffer = 1 << 5;
    private const byte SkipSuccess = 1 << 6;
    private const uint PollIn = 1;
    private const uint CancelAll = 1;
    private const uint CancelFd = 2;

    private readonly Ring _ring;
    private readonly ReceiveBuffers _buffers;
    private readonly GatherMemory _gather;
    private readonly int _wakeFd;
    private readonly ulong* _wakeCount;

    /// <exception cref="UringException">The kernel lacks a required feature or forbids io_uring.</exception>
    public UringBackEnd()
    {
        _wakeFd = LibC.EventFd(0, 0x80000);
        if (_wakeFd < 0) throw new UringException("eventfd", LibC.LastError);
        try
        {
            _ring = new Ring(Entries);
            _buffers = new ReceiveBuffers(_ring);
        }
        catch
        {
            _ring?.Dispose();
            LibC.Close(_wakeFd);
            throw;
        }

        _gather = new GatherMemory();
        _wakeCount = (ulong*)NativeMemory.AllocZeroed(sizeof(ulong));
        ArmWake();
    }

    public override string Name => "io_uring";

    public override int MissingReceiveBuffers => _buffers.Missing;

    public override void Accept(int index)
    {
        ref var slot = ref Slot(index);
        slot.Flags |= SlotFlags.Accepting;
        ref var entry = ref Start(UringOperation.Accept, index);
        entry.Modifiers = AcceptsOneByOne ? (ushort)0 : Multishot;
        entry.OperationFlags = SocketConstants.AcceptFlags;
    }

    public override void WaitReadable(int index)
    {
        Slot(index).Flags |= SlotFlags.Waiting;
        Start(UringOperation.PollAdd, index).OperationFlags = PollIn;
    }

    public override void StartReceiving(int index)
    {
        ref var slot = ref Slot(index);
        slot.Flags |= SlotFlags.WantsReceive;
        if ((slot.Flags & SlotFlags.Receiving) == 0) ArmReceive(index);
    }

    public override void StopReceiving(int index)
    {
        ref var slot = ref Slot(index);
        slot.Flags &= ~SlotFlags.WantsReceive;
        if ((slot.Flags & SlotFlags.Receiving) == 0) return;
        ref var entry = ref _ring.Prepare();
        entry.Operation = UringOperation.AsyncCancel;
        entry.Flags = SkipSuccess;
        entry.Address = UserData(UringOperation.Receive, index);
        entry.UserData = (ulong)UringOperation.AsyncCancel << 56;
    }

    public override int Send(int index, IoVector* vectors, int count)
    {
        Slot(index).Flags |= SlotFlags.Sending;
        // Without a free message header the vectors are sent one by one.
        MessageHeader* header = null;
        if (count == 1 || !TryGather(vectors, count, out header))
        {
            ref var entry = ref Start(UringOperation.Send, index);
            entry.Address = (ulong)vectors->Base;
            entry.Length = (uint)vectors->Length;
            entry.OperationFlags = SocketConstants.MessageNoSignal;
        }
        else
        {
            ref var entry = ref Start(UringOperation.SendMessage, index);
            entry.Address = (ulong)header;
            entry.Length = 1;
            entry.OperationFlags = SocketConstants.MessageNoSignal;
        }

        return 0;
    }

    public override void Turn(bool wait)
    {
        if (_ring.Enter(wait ? 1u : 0u))
        {
            Debug.Assert(_ring.IsEmpty, "The kernel has not copied the message headers that are reused.");
            _gather.Reset();
        }
        else if (wait && !_ring.HasCompletions)
        {
            // The kernel is short of memory and did not wait.
            Thread.Sleep(1);
        }

        while (_ring.TryComplete(out var completion))
        {
            try
            {
                Dispatch(completion);
            }
            catch (Exception exception) when (exception is not BackEndException)
            {
                Fail((int)(uint)completion.UserData, Generation(completion), exception);
            }
        }
    }

    public override void Wake()
    {
        ulong one = 1;
        LibC.Write(_wakeFd, &one, sizeof(ulong));
    }

    /// <summary>Closes the ring. The caller first removes and releases every socket, unless the process abandons them.</summary>
    public override void Dispose()
    {
        _ring.Dispose();
        _buffers.Dispose();
        _gather.Dispose();
        LibC.Close(_wakeFd);
        NativeMemory.Free(_wakeCount);
    }

    protected override void OnAbandoned() => _ring.Abandon();

    protected override void CancelPending(int index)
    {
        ref var slot = ref Slot(index);
        if (slot.Pending == 0 || IsAbandoned) return;
        ref var entry = ref _ring.Prepare();
        entry.Operation = UringOperation.AsyncCancel;
        entry.Flags = SkipSuccess;
        entry.Fd = slot.Fd;
        entry.OperationFlags = CancelAll | CancelFd;
        entry.UserData = (ulong)UringOperation.AsyncCancel << 56;
    }

    private void Dispatch(in CompletionEntry completion)
    {
        var operation = (UringOperation)(completion.UserData >> 56);
        var index = (int)(uint)completion.UserData;
        if (index == WakeSlot)
        {
            ArmWake();
            return;
        }

        if (operation == UringOperation.AsyncCancel) return;
        if (!IsCurrent(index, Generation(completion)))
        {
            if (completion.HasBuffer) _buffers.Return(completion);
            return;
        }

        var isRemoved = (Slot(index).Flags & SlotFlags.Removed) != 0;
        switch (operation)
        {
            case UringOperation.Receive:
                OnReceive(index, completion, isRemoved);
                break;
            case UringOperation.Send or UringOperation.SendMessage:
                Slot(index).Flags &= ~SlotFlags.Sending;
                Completed(index);
                if (!isRemoved) Slot(index).Events!.OnSent(completion.Result);
                break;
            case UringOperation.PollAdd:
                Slot(index).Flags &= ~SlotFlags.Waiting;
                Completed(index);
                if (!isRemoved) Slot(index).Events!.OnReadable();
                break;
            case UringOperation.Accept:
                OnAccept(index, completion, isRemoved);
                break;
        }
    }

    private void OnReceive(int index, in CompletionEntry completion, bool isRemoved)
    {
        if (!completion.HasMore)
        {
            Slot(index).Flags &= ~SlotFlags.Receiving;
            Completed(index);
        }

        if (completion.HasBuffer)
        {
            Debug.Assert(completion.Result > 0, "The completion has a buffer without bytes.");
            try
            {
                if (!isRemoved && completion.Result > 0) Slot(index).Events!.OnReceived(_buffers.Read(completion));
            }
            finally
            {
                // Exactly once for each completion, even if the holder throws: the kernel owns the buffer again.
                _buffers.Return(completion);
            }
        }

        ref var slot = ref Slot(index);
        if ((slot.Flags & SlotFlags.Removed) != 0) return;
        if (completion.Result <= 0 && -completion.Result is not (Errno.NoBufferSpace or Errno.Canceled))
        {
            slot.Flags &= ~SlotFlags.WantsReceive;
            slot.Events!.OnReceiveEnded(-completion.Result);
            return;
        }

        if ((slot.Flags & (SlotFlags.WantsReceive | SlotFlags.Receiving)) == SlotFlags.WantsReceive) ArmReceive(index);
    }

    private void OnAccept(int index, in CompletionEntry completion, bool isRemoved)
    {
        if (!completion.HasMore)
        {
            Slot(index).Flags &= ~SlotFlags.Accepting;
            Completed(index);
        }

        if (completion.Result >= 0)
        {
            if (isRemoved) LibC.Close(completion.Result);
            else Slot(index).Events!.OnAccepted(completion.Result);
        }

        ref var slot = ref Slot(index);
        if ((slot.Flags & (SlotFlags.Removed | SlotFlags.Accepting)) != 0) return;
        if (completion.Result >= 0 || Errno.IsOfOneConnection(-completion.Result)) Accept(index);
        else slot.Events!.OnAcceptFailed(-completion.Result);
    }

    private bool TryGather(IoVector* vectors, int count, out MessageHeader* header)
    {
        if (_gather.TryTake(vectors, count, out header)) return true;
        if (!_ring.Enter(0)) return false;
        _gather.Reset();
        return _gather.TryTake(vectors, count, out header);
    }

    private void ArmReceive(int index)
    {
        Slot(index).Flags |= SlotFlags.Receiving;
        ref var entry = ref Start(UringOperation.Receive, index);
        entry.Flags = SelectBuffer;
        entry.Modifiers = ReceiveMultishot;
        entry.BufferGroup = ReceiveBuffers.Group;
    }

    private void ArmWake()
    {
        ref var entry = ref _ring.Prepare();
        entry.Operation = UringOperation.Read;
        entry.Fd = _wakeFd;
        entry.Address = (ulong)_wakeCount;
        entry.Length = sizeof(ulong);
        entry.UserData = ((ulong)UringOperation.Read << 56) | unchecked((uint)WakeSlot);
    }

    private ref SubmissionEntry Start(UringOperation operation, int index)
    {
        ref var slot = ref Slot(index);
        slot.Pending++;
        ref var entry = ref _ring.Prepare();
        entry.Operation = operation;
        entry.Fd = slot.Fd;
        entry.UserData = UserData(operation, index);
        return ref entry;
    }

    private static uint Generation(in CompletionEntry completion) => (uint)(completion.UserData >> 32) & 0xFF_FFFF;

    private ulong UserData(UringOperation operation, int index) =>
        ((ulong)operation << 56) | ((ulong)Slot(index).Generation << 32) | (uint)index;
}
