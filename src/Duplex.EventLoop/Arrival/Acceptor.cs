using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Loops;
using Duplex.EventLoop.Transport;
using Duplex.Execution;
using Duplex.WebSockets.Diagnostics;

namespace Duplex.EventLoop.Arrival;

/// <summary>
/// Accepts connections on one loop and assigns each to the loop with the fewest. The distribution is even for any
/// number of connections, whereas one listening socket per loop (SO_REUSEPORT) distributes by hash.
/// </summary>
internal sealed class Acceptor(Loop loop, ArrivalContext context) : ISocketEvents, IShardWork
{
    // Accepting usually fails because every descriptor is in use; some are free again by then.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LogLimiter _rejections = new(loop.Time);
    private readonly LogLimiter _files = new(loop.Time);
    private RetryTimer? _retry;
    private int _fd = -1;
    private int _slot = -1;

    /// <summary>Starts accepting and takes ownership of the listening descriptor. Safe from any thread.</summary>
    public void Start(int listeningFd)
    {
        _fd = listeningFd;
        loop.Post(this);
    }

    /// <summary>Stops accepting and closes the listening socket. Safe from any thread.</summary>
    public Task StopAsync()
    {
        loop.Post(static acceptor => acceptor.Stop(), this);
        return _released.Task;
    }

    public void Run()
    {
        _slot = loop.BackEnd.Add(_fd, this);
        loop.BackEnd.AcceptsOneByOne = ConnectionBudget.IsScarce(ConnectionBudget.OfOpenFiles());
        Arm();
    }

    public void OnAccepted(int fd)
    {
        ArrivingConnection arriving;
        Loop? home = null;
        if (!loop.Connections.TryTake())
        {
            Reject(fd);
            return;
        }

        try
        {
            if (!context.Scheme.IsPlainHttp)
            {
                context.HandOver(fd);
                return;
            }

            home = context.Group.AssignLoop();
            arriving = context.Arrivals.Get().Assign(home, fd);
        }
        catch (Exception exception)
        {
            // The exception affects this connection only; accepting continues.
            if (home is not null) Interlocked.Decrement(ref home.Load);
            loop.Connections.Return();
            LibC.Close(fd);
            loop.Report(exception);
            return;
        }

        if (home == loop) arriving.Run();
        else home.Post(arriving);
    }

    public void OnAcceptFailed(int error)
    {
        Pause();
        if (error is not (Errno.TooManyFiles or Errno.TooManyFilesInSystem)) context.Logger.AcceptFailed(error, RetryDelay);
        else if (_files.TryTake(out var heldBack)) context.Logger.TooManyFiles(error, RetryDelay, heldBack);
    }

    public void OnFailed()
    {
        if (!loop.BackEnd.IsAccepting(_slot)) Pause();
    }

    public void OnReleased()
    {
        if (_retry is not null) loop.Cancel(_retry);
        _released.TrySetResult();
    }

    private sealed class RetryTimer(Acceptor acceptor) : ShardTimer
    {
        protected override void OnDue() => acceptor.Arm();
    }

    private void Reject(int fd)
    {
        try
        {
            if (_rejections.TryTake(out var heldBack)) context.Logger.TooManyConnections(loop.Connections.Taken, heldBack);
            ArrivalMetrics.CountRejected();
        }
        catch (Exception exception)
        {
            loop.Report(exception);
        }
        finally
        {
            LibC.Close(fd);
        }
    }

    private void Pause() => loop.Schedule(_retry ??= new RetryTimer(this), RetryDelay);

    private void Arm()
    {
        try
        {
            loop.BackEnd.Accept(_slot);
        }
        catch (Exception exception)
        {
            loop.Report(exception);
            Pause();
        }
    }

    private void Stop() => loop.BackEnd.Remove(_slot, reset: false);
}
