namespace Duplex.Execution;

/// <summary>A one-shot timer of a <see cref="Shard"/>, embedded in what it serves: arming it allocates nothing.</summary>
public abstract class ShardTimer
{
    /// <summary>Links of the wheel's slot; null when not armed. The wheel owns them.</summary>
    internal ShardTimer? Next, Previous;

    /// <summary>The tick on which the timer is due. The wheel owns it.</summary>
    internal long DueTick;

    /// <summary>Whether the timer waits to fire. On the shard only.</summary>
    public bool IsArmed { get; internal set; }

    /// <summary>Runs on the shard when the timer is due; it may arm the timer again.</summary>
    protected abstract void OnDue();

    /// <summary>
    /// Runs after <see cref="OnDue"/> threw and the shard reported the exception, so that what depends on this timer can be
    /// given up. Does nothing by default.
    /// </summary>
    protected virtual void OnFailed() { }

    /// <summary>Calls <see cref="OnDue"/>, from which nothing escapes.</summary>
    internal void Fire(Action<Exception> report)
    {
        try
        {
            OnDue();
        }
        catch (Exception exception)
        {
            report(exception);
            Fail(report);
        }
    }

    private void Fail(Action<Exception> report)
    {
        try
        {
            OnFailed();
        }
        catch (Exception exception)
        {
            report(exception);
        }
    }
}
