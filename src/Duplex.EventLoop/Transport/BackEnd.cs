using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Transport;

/// <summary>
/// The seam between a loop and the kernel: sockets live in numbered slots, operations are started, and one call
/// per turn hands over what was started, waits, and tells the holders what happened. Used by one thread, but for
/// <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// What a holder's call throws costs that holder's socket alone: <see cref="Fail"/> reports it and lets go of the
/// socket. Only a <see cref="BackEndException"/> leaves <see cref="Turn"/>: nothing works any more then, and
/// <see cref="Abandon"/> follows. Memory that the kernel was shown is used again only once the kernel has taken the
/// operation, or is done with it.
/// </remarks>
internal abstract unsafe class BackEnd : IDisposable
{
    private readonly Stack<int> _free = new();
    private readonly List<int> _removed = [];
    private readonly SlotTable _slots = new();

    /// <summary>Where what holders throw is reported; must not throw.</summary>
    public Action<Exception> Report { get; set; } = static _ => { };

    /// <summary>Whether connections are accepted one at a time, so that none is there that the holder has not been told of.</summary>
    public bool AcceptsOneByOne { get; set; }

    /// <summary>Whether the kernel has refused to go on, so that operations do nothing.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>As the option, the log line and the metrics spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Sockets held, those on their way out included.</summary>
    public int SocketCount { get; private set; }

    /// <summary>Buffers for receiving that the kernel should hold between turns and does not: none, unless some are lost.</summary>
    public virtual int MissingReceiveBuffers => 0;

    /// <summary>The most pieces one gathered send takes.</summary>
    public const int MaxVectors = 16;

    /// <summary>Takes over a descriptor.</summary>
    /// <returns>Its slot, valid until <see cref="ISocketEvents.OnReleased"/> or <see cref="Detach"/>.</returns>
    public int Add(int fd, ISocketEvents events)
    {
        if (!_free.TryPop(out var index)) index = _slots.Add();
        ref var slot = ref _slots[index];
        slot.Events = events;
        slot.Fd = fd;
        slot.Flags = SlotFlags.None;
        SocketCount++;
        return index;
    }

    /// <summary>Tells somebody else from now on.</summary>
    public void Attach(int index, ISocketEvents events) => _slots[index].Events = events;

    /// <summary>Visits the holders of all sockets that are not on their way out.</summary>
    public void ForEach(Action<ISocketEvents> visit)
    {
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is { } events && (_slots[i].Flags & SlotFlags.Removed) == 0) visit(events);
        }
    }

    public int Fd(int index) => _slots[index].Fd;

    /// <summary>Accepts connections on a listening socket until it is removed or accepting fails.</summary>
    public abstract void Accept(int index);

    /// <summary>Asks for one <see cref="ISocketEvents.OnReadable"/>.</summary>
    public abstract void WaitReadable(int index);

    /// <summary>Receives whatever arrives, until stopped.</summary>
    public abstract void StartReceiving(int index);

    /// <summary>Leaves further bytes in the kernel; those already on their way to the holder still arrive.</summary>
    public abstract void StopReceiving(int index);

    /// <summary>
    /// Sends, one at a time per socket. The bytes must stay where they are until the send has finished or the
    /// slot is released.
    /// </summary>
    /// <returns>Bytes taken at once; 0 when <see cref="ISocketEvents.OnSent"/> will tell; a negative errno.</returns>
    public abstract int Send(int index, IoVector* vectors, int count);

    /// <summary>Whether accepting is armed.</summary>
    public bool IsAccepting(int index) => (_slots[index].Flags & SlotFlags.Accepting) != 0;

    /// <summary>Whether a send is pending.</summary>
    public bool IsSending(int index) => (_slots[index].Flags & SlotFlags.Sending) != 0;

    /// <summary>
    /// Sends what the kernel takes at once, for large payloads whose memory is about to go. No send may be pending.
    /// </summary>
    /// <returns>Bytes taken, perhaps none; a negative errno.</returns>
    public int SendNow(int index, IoVector* vectors, int count)
    {
        const int flags = SocketConstants.MessageDontWait | SocketConstants.MessageNoSignal;
        var fd = _slots[index].Fd;
        nint sent;
        if (count == 1)
        {
            sent = LibC.Send(fd, vectors->Base, (nint)vectors->Length, flags);
        }
        else
        {
            var header = new MessageHeader { Vectors = vectors, VectorCount = (nuint)count };
            sent = LibC.SendMessage(fd, &header, flags);
        }

        if (sent >= 0) return (int)sent;
        var error = LibC.LastError;
        return error is Errno.Again or Errno.Interrupted ? 0 : -error;
    }

    /// <summary>Ends the sending side: the peer reads an end after everything sent.</summary>
    public void ShutdownSend(int index) => LibC.Shutdown(_slots[index].Fd, SocketConstants.ShutdownSend);

    /// <summary>
    /// Lets go of a socket. Pending operations are cancelled; the descriptor is closed once the kernel is done
    /// with them, at the end of this turn at the earliest.
    /// </summary>
    /// <param name="index">The slot.</param>
    /// <param name="reset">Drop what the kernel has not yet delivered and reset the connection.</param>
    public void Remove(int index, bool reset)
    {
        ref var slot = ref _slots[index];
        if ((slot.Flags & SlotFlags.Removed) != 0) return;
        slot.Flags = (slot.Flags | SlotFlags.Removed) & ~SlotFlags.WantsReceive;
        if (reset)
        {
            // struct linger { on, 0 s }: close() discards unsent bytes and sends RST.
            var linger = stackalloc int[2] { 1, 0 };
            LibC.SetSocketOption(slot.Fd, SocketConstants.SocketLevel, SocketConstants.OptionLinger, linger, 8);
        }

        CancelPending(index);
        if (slot.Pending == 0) _removed.Add(index);
    }

    /// <summary>
    /// The back end is of no use any more: every holder is let go of, and what it still asks for does nothing. The
    /// sockets are closed by <see cref="Release"/>.
    /// </summary>
    public void Abandon()
    {
        IsAbandoned = true;
        OnAbandoned();
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is { } events && (_slots[i].Flags & SlotFlags.Removed) == 0) Notify(i, events);
        }

        // Those on their way out wait for completions that will not come.
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is null || _slots[i].Pending == 0) continue;
            _slots[i].Pending = 0;
            if ((_slots[i].Flags & SlotFlags.Removed) != 0) _removed.Add(i);
        }

        RemoveAll();
    }

    /// <summary>Lets go of every socket.</summary>
    public void RemoveAll()
    {
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is not null) Remove(i, reset: true);
        }
    }

    /// <summary>Gives the descriptor back to the caller. Nothing may be armed or pending.</summary>
    public int Detach(int index)
    {
        ref var slot = ref _slots[index];
        if (slot.Pending != 0) throw new InvalidOperationException("An operation is pending.");
        Forget(index);
        var fd = slot.Fd;
        Free(index);
        return fd;
    }

    /// <summary>Hands started operations to the kernel, waits for at least one event if asked to, and tells the holders.</summary>
    public abstract void Turn(bool wait);

    /// <summary>Closes what was removed. Called after every turn, when no holder is on the stack.</summary>
    public void Release()
    {
        // OnReleased may remove further sockets.
        for (var i = 0; i < _removed.Count; i++)
        {
            var index = _removed[i];
            var events = _slots[index].Events;
            Forget(index);
            LibC.Close(_slots[index].Fd);
            Free(index);
            try
            {
                events!.OnReleased();
            }
            catch (Exception exception)
            {
                Report(exception);
            }
        }

        _removed.Clear();
    }

    /// <summary>Makes a turn that waits, or the next one, return. Safe from any thread.</summary>
    public abstract void Wake();

    public abstract void Dispose();

    protected ref SocketSlot Slot(int index) => ref _slots[index];

    /// <summary>Whether a completion or event belongs to the present use of the slot.</summary>
    protected bool IsCurrent(int index, uint generation) =>
        (uint)index < (uint)_slots.Count && _slots[index].Events is not null && _slots[index].Generation == generation;

    /// <summary>To be called when the kernel owes one completion less.</summary>
    protected void Completed(int index)
    {
        ref var slot = ref _slots[index];
        slot.Pending--;
        if (slot.Pending == 0 && (slot.Flags & SlotFlags.Removed) != 0) _removed.Add(index);
    }

    /// <summary>
    /// A holder's call threw: the exception is reported, and its socket is let go of. A socket that has changed hands
    /// during the call is its new holder's to let go of.
    /// </summary>
    protected void Fail(int index, uint generation, Exception exception)
    {
        Report(exception);
        if (IsCurrent(index, generation) && (_slots[index].Flags & SlotFlags.Removed) == 0) Notify(index, _slots[index].Events!);
    }

    /// <summary>Makes pending operations of a removed slot end soon.</summary>
    protected abstract void CancelPending(int index);

    /// <summary>Operations do nothing from now on.</summary>
    protected virtual void OnAbandoned() { }

    /// <summary>The descriptor is about to be closed or given away.</summary>
    protected virtual void Forget(int index) { }

    private void Notify(int index, ISocketEvents events)
    {
        try
        {
            events.OnFailed();
        }
        catch (Exception exception) when (exception is not BackEndException)
        {
            Report(exception);
            Remove(index, reset: true);
        }
    }

    private void Free(int index)
    {
        ref var slot = ref _slots[index];
        slot.Events = null;
        slot.Generation = (slot.Generation + 1) & 0xFF_FFFF;
        _free.Push(index);
        SocketCount--;
    }
}
