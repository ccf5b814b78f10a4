using System.Runtime.InteropServices;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Polling;

/// <summary>
/// A back end over level-triggered epoll: the kernel reports unread bytes again, so one receive per event and socket
/// is fair to the other sockets. Sends go straight to the kernel; only a socket with a full send buffer is watched for writing.
/// </summary>
internal sealed unsafe class EpollBackEnd : BackEnd
{
    private const int MaxEvents = 1024;
    private const int AcceptBatch = 64;
    private const int ReceiveBufferBytes = 256 * 1024;
    private const int AddOperation = 1;
    private const int DeleteOperation = 2;
    private const int ModifyOperation = 3;
    private const uint In = 0x1;
    private const uint Out = 0x4;
    private const uint Error = 0x8;
    private const uint HangUp = 0x10;
    private const ulong WakeData = ulong.MaxValue;
    private const SlotFlags EpollFlags = SlotFlags.Registered | SlotFlags.WatchedForInput | SlotFlags.WatchedForOutput;

    // struct epoll_event is packed on x64 alone: events at 0, data at 4 or 8.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly int _epoll;
    private readonly int _wakeFd;
    private readonly byte* _events;
    private readonly byte* _buffer;

    /// <exception cref="EpollException">The kernel forbids epoll, or no descriptor is free.</exception>
    public EpollBackEnd()
    {
        _epoll = LibC.EpollCreate(0x80000);
        if (_epoll < 0) throw new EpollException("epoll_create1", LibC.LastError);
        _wakeFd = LibC.EventFd(0, 0x80000 | 0x800);
        if (_wakeFd < 0)
        {
            var error = LibC.LastError;
            LibC.Close(_epoll);
            throw new EpollException("eventfd", error);
        }

        _events = (byte*)NativeMemory.Alloc(MaxEvents, 16);
        _buffer = (byte*)NativeMemory.Alloc(ReceiveBufferBytes);
        if (Control(AddOperation, _wakeFd, In, WakeData)) return;
        var refusal = LibC.LastError;
        Dispose();
        throw new EpollException("epoll_ctl", refusal);
    }

    public override string Name => "epoll";

    public override void Accept(int index)
    {
        ref var slot = ref Slot(index);
        LibC.FileControl(slot.Fd, SocketConstants.SetFlags,
            LibC.FileControl(slot.Fd, SocketConstants.GetFlags, 0) | SocketConstants.NonBlocking);
        slot.Flags |= SlotFlags.Accepting;
        Watch(index);
    }

    public override void WaitReadable(int index)
    {
        Slot(index).Flags |= SlotFlags.Waiting;
        Watch(index);
    }

    public override void StartReceiving(int index)
    {
        Slot(index).Flags |= SlotFlags.WantsReceive | SlotFlags.Receiving;
        Watch(index);
    }

    public override void StopReceiving(int index)
    {
        Slot(index).Flags &= ~(SlotFlags.WantsReceive | SlotFlags.Receiving);
        Watch(index);
    }

    public override int Send(int index, IoVector* vectors, int count)
    {
        var sent = SendNow(index, vectors, count);
        if (sent != 0) return sent;
        Slot(index).Flags |= SlotFlags.Sending;
        Watch(index);
        return 0;
    }

    public override void Turn(bool wait)
    {
        var count = LibC.EpollWait(_epoll, _events, MaxEvents, wait ? -1 : 0);
        if (count < 0 && LibC.LastError is not (Errno.Interrupted or Errno.NoMemory) and var error) throw new EpollException("epoll_wait", error);
        for (var i = 0; i < count; i++)
        {
            var entry = _events + i * EventSize;
            var data = *(ulong*)(entry + DataOffset);
            if (data == WakeData)
            {
                ulong value;
                LibC.Read(_wakeFd, &value, sizeof(ulong));
                continue;
            }

            var index = (int)(uint)data;
            var generation = (uint)(data >> 32);
            if (!IsCurrent(index, generation)) continue;
            try
            {
                Dispatch(index, *(uint*)entry);
            }
            catch (Exception exception) when (exception is not BackEndException)
            {
                Fail(index, generation, exception);
            }
        }
    }

    public override void Wake()
    {
        ulong one = 1;
        LibC.Write(_wakeFd, &one, sizeof(ulong));
    }

    public override void Dispose()
    {
        LibC.Close(_epoll);
        LibC.Close(_wakeFd);
        NativeMemory.Free(_events);
        NativeMemory.Free(_buffer);
    }

    // The kernel holds none of the holder's memory between calls, so no operation is pending.
    protected override void CancelPending(int index) => Slot(index).Flags &= SlotFlags.Removed | EpollFlags;

    protected override void Forget(int index)
    {
        ref var slot = ref Slot(index);
        if ((slot.Flags & SlotFlags.Registered) != 0) Control(DeleteOperation, slot.Fd, 0, 0);
        slot.Flags &= ~EpollFlags;
    }

    private void Dispatch(int index, uint events)
    {
        if ((events & (Out | Error | HangUp)) != 0 && Has(index, SlotFlags.Sending))
        {
            Slot(index).Flags &= ~SlotFlags.Sending;
            Watch(index);
            Slot(index).Events!.OnSent(0);
        }

        if ((events & (In | Error | HangUp)) == 0) return;
        if (Has(index, SlotFlags.Accepting))
        {
            AcceptSome(index);
        }
        else if (Has(index, SlotFlags.Waiting))
        {
            // The holder usually starts to receive, which leaves epoll's registration unchanged.
            Slot(index).Flags &= ~SlotFlags.Waiting;
            Slot(index).Events!.OnReadable();
            Watch(index);
        }
        else if (Has(index, SlotFlags.Receiving))
        {
            ReceiveOnce(index);
        }
        else if ((events & (Error | HangUp)) != 0 && !Has(index, SlotFlags.Removed))
        {
            // epoll reports errors on every registered socket; without this a paused socket that failed would spin.
            End(index, 0);
        }
    }

    private void ReceiveOnce(int index)
    {
        var received = LibC.Receive(Slot(index).Fd, _buffer, ReceiveBufferBytes, 0);
        if (received > 0)
        {
            Slot(index).Events!.OnReceived(new Span<byte>(_buffer, (int)received));
            return;
        }

        var error = received == 0 ? 0 : LibC.LastError;
        if (error is Errno.Again or Errno.Interrupted) return;
        End(index, error);
    }

    private void End(int index, int error)
    {
        ref var slot = ref Slot(index);
        slot.Flags &= ~(SlotFlags.WantsReceive | SlotFlags.Receiving);
        Forget(index);
        if ((slot.Flags & SlotFlags.Sending) != 0) Watch(index);
        slot.Events!.OnReceiveEnded(error);
    }

    private void AcceptSome(int index)
    {
        for (var i = 0; i < AcceptBatch && Has(index, SlotFlags.Accepting); i++)
        {
            var fd = LibC.Accept(Slot(index).Fd, null, null, SocketConstants.AcceptFlags);
            if (fd >= 0)
            {
                Slot(index).Events!.OnAccepted(fd);
                continue;
            }

            var error = LibC.LastError;
            if (error == Errno.Again) return;
            if (Errno.IsOfOneConnection(error)) continue;
            Slot(index).Flags &= ~SlotFlags.Accepting;
            Watch(index);
            Slot(index).Events!.OnAcceptFailed(error);
        }
    }

    private bool Has(int index, SlotFlags flag) => (Slot(index).Flags & flag) != 0;

    /// <summary>Updates epoll's registration of the socket to match its flags.</summary>
    /// <exception cref="IOException">The kernel rejects the registration, so it would report no further event of the socket.</exception>
    private void Watch(int index)
    {
        ref var slot = ref Slot(index);
        if ((slot.Flags & SlotFlags.Removed) != 0) return;
        var watched = SlotFlags.None;
        if ((slot.Flags & (SlotFlags.Accepting | SlotFlags.Waiting | SlotFlags.Receiving)) != 0) watched |= SlotFlags.WatchedForInput;
        if ((slot.Flags & SlotFlags.Sending) != 0) watched |= SlotFlags.WatchedForOutput;
        if (watched == (slot.Flags & (SlotFlags.WatchedForInput | SlotFlags.WatchedForOutput))) return;
        var operation = (slot.Flags & SlotFlags.Registered) != 0 ? ModifyOperation : AddOperation;
        var events = ((watched & SlotFlags.WatchedForInput) != 0 ? In : 0) | ((watched & SlotFlags.WatchedForOutput) != 0 ? Out : 0);
        if (!Control(operation, slot.Fd, events, ((ulong)slot.Generation << 32) | (uint)index))
            throw new IOException($"epoll_ctl failed with errno {LibC.LastError}.");
        slot.Flags = (slot.Flags & ~EpollFlags) | SlotFlags.Registered | watched;
    }

    private bool Control(int operation, int fd, uint events, ulong data)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(ulong*)(entry + DataOffset) = data;
        return LibC.EpollControl(_epoll, operation, fd, entry) == 0;
    }
}
