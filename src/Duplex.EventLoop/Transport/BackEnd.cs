using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Transport;

/// <summary>
/// The seam between a loop and the kernel: sockets occupy numbered slots, operations are started, and one call per turn
/// submits the started operations, waits, and dispatches the events to the holders of the sockets. Used by one thread,
/// except for <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// An exception of a holder drops only that holder's socket: <see cref="Fail"/> reports the exception and releases the
/// socket. Only a <see cref="BackEndException"/> leaves <see cref="Turn"/>; the back end is then unusable, and the loop
/// calls <see cref="Abandon"/>. Memory passed to the kernel is reused only once the kernel has consumed the submission
/// or completed the operation.
/// </remarks>
internal abstract unsafe class BackEnd : IDisposable
{
    private readonly Stack<int> _free = new();
    private readonly List<int> _removed = [];
    private readonly SlotTable _slots = new();

    /// <summary>Receives the exceptions of holders; must not throw.</summary>
    public Action<Exception> Report { get; set; } = static _ => { };

    /// <summary>Whether connections are accepted one at a time, so that the holder receives each before the kernel accepts the next.</summary>
    public bool AcceptsOneByOne { get; set; }

    /// <summary>Whether the back end failed permanently; then operations do nothing.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>The name of the back end in options and log entries.</summary>
    public abstract string Name { get; }

    /// <summary>The number of sockets, including those that are being removed.</summary>
    public int SocketCount { get; private set; }

    /// <summary>The number of receive buffers that the kernel should hold between turns and does not; above 0 when buffers leak.</summary>
    public virtual int MissingReceiveBuffers => 0;

    /// <summary>The maximum number of vectors of a gathered send.</summary>
    public const int MaxVectors = 16;

    /// <summary>Takes ownership of a descriptor.</summary>
    /// <returns>The slot, valid until <see cref="ISocketEvents.OnReleased"/> or <see cref="Detach"/>.</returns>
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

    /// <summary>Replaces the holder that receives the events of a socket.</summary>
    public void Attach(int index, ISocketEvents events) => _slots[index].Events = events;

    /// <summary>Visits the holders of all sockets that are not being removed.</summary>
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

    /// <summary>Arms one <see cref="ISocketEvents.OnReadable"/>.</summary>
    public abstract void WaitReadable(int index);

    /// <summary>Starts receiving, until <see cref="StopReceiving"/> or the end of the socket.</summary>
    public abstract void StartReceiving(int index);

    /// <summary>Stops receiving and leaves further bytes in the kernel; bytes already received are still delivered.</summary>
    public abstract void StopReceiving(int index);

    /// <summary>
    /// Starts a send; one per socket at a time. The bytes must not move until the send completes or the slot is
    /// released.
    /// </summary>
    /// <returns>The bytes accepted at once; 0 when <see cref="ISocketEvents.OnSent"/> follows; a negative errno.</returns>
    public abstract int Send(int index, IoVector* vectors, int count);

    /// <summary>Whether accepting is armed.</summary>
    public bool IsAccepting(int index) => (_slots[index].Flags & SlotFlags.Accepting) != 0;

    /// <summary>The descriptor of a socket, for calls that change nothing.</summary>
    public int DescriptorOf(int index) => _slots[index].Fd;

    /// <summary>Whether a send is pending.</summary>
    public bool IsSending(int index) => (_slots[index].Flags & SlotFlags.Sending) != 0;

    /// <summary>
    /// Sends the bytes that the kernel accepts at once, for large payloads whose memory is valid only during the call. No
    /// send may be pending.
    /// </summary>
    /// <returns>The number of bytes accepted, which may be 0; a negative errno.</returns>
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

    /// <summary>Shuts down the sending side: the peer reads end-of-stream after all sent bytes.</summary>
    public void ShutdownSend(int index) => LibC.Shutdown(_slots[index].Fd, SocketConstants.ShutdownSend);

    /// <summary>
    /// Removes a socket. Pending operations are cancelled; the descriptor is closed once the kernel has completed them, at
    /// the end of this turn at the earliest.
    /// </summary>
    /// <param name="index">The slot.</param>
    /// <param name="reset">Whether to discard unsent bytes and reset the connection.</param>
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
    /// Abandons the back end after a permanent failure: notifies and removes every holder; operations that holders start
    /// from then on do nothing. <see cref="Release"/> closes the sockets.
    /// </summary>
    public void Abandon()
    {
        IsAbandoned = true;
        OnAbandoned();
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is { } events && (_slots[i].Flags & SlotFlags.Removed) == 0) Notify(i, events);
        }

        // The kernel delivers no completions any more to sockets that are being removed.
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is null || _slots[i].Pending == 0) continue;
            _slots[i].Pending = 0;
            if ((_slots[i].Flags & SlotFlags.Removed) != 0) _removed.Add(i);
        }

        RemoveAll();
    }

    /// <summary>Removes and resets every socket.</summary>
    public void RemoveAll()
    {
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i].Events is not null) Remove(i, reset: true);
        }
    }

    /// <summary>Frees the slot and returns ownership of the descriptor to the caller. No operation may be armed or pending.</summary>
    public int Detach(int index)
    {
        ref var slot = ref _slots[index];
        if (slot.Pending != 0) throw new InvalidOperationException("An operation is pending.");
        Forget(index);
        var fd = slot.Fd;
        Free(index);
        return fd;
    }

    /// <summary>Submits started operations to the kernel, waits for at least one event if <paramref name="wait"/> is true, and dispatches events to the holders.</summary>
    public abstract void Turn(bool wait);

    /// <summary>Closes the removed sockets. Called after every turn, when no holder is on the stack.</summary>
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

    /// <summary>Ends the wait of the current turn, or of the next one. Safe from any thread.</summary>
    public abstract void Wake();

    public abstract void Dispose();

    protected ref SocketSlot Slot(int index) => ref _slots[index];

    /// <summary>Returns whether a completion or event belongs to the current use of the slot.</summary>
    protected bool IsCurrent(int index, uint generation) =>
        (uint)index < (uint)_slots.Count && _slots[index].Events is not null && _slots[index].Generation == generation;

    /// <summary>Counts the last completion of a pending operation.</summary>
    protected void Completed(int index)
    {
        ref var slot = ref _slots[index];
        slot.Pending--;
        if (slot.Pending == 0 && (slot.Flags & SlotFlags.Removed) != 0) _removed.Add(index);
    }

    /// <summary>
    /// Reports an exception of a holder and notifies the socket's current holder, which removes the socket; the holder may
    /// have changed during the call that threw.
    /// </summary>
    protected void Fail(int index, uint generation, Exception exception)
    {
        Report(exception);
        if (IsCurrent(index, generation) && (_slots[index].Flags & SlotFlags.Removed) == 0) Notify(index, _slots[index].Events!);
    }

    /// <summary>Cancels the pending operations of a removed slot.</summary>
    protected abstract void CancelPending(int index);

    /// <summary>Disables operations after the back end is abandoned.</summary>
    protected virtual void OnAbandoned() { }

    /// <summary>Unregisters a descriptor that is about to be closed or detached.</summary>
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
