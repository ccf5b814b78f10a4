namespace Duplex.Execution;

/// <summary>
/// Represents a one-shot timer of a <see cref="Shard"/>. It is part of the object that it serves, so that arming it
/// allocates nothing.
/// </summary>
public abstract class ShardTimer
{
    /// <summary>The links of the wheel's slot; null when the timer is not armed. The wheel owns them.</summary>
    internal ShardTimer? Next, Previous;

    /// <summary>The tick on which the timer is due. The wheel owns it.</summary>
    internal long DueTick;

    /// <summary>Whether the timer is armed. On the shard only.</summary>
    public bool IsArmed { get; internal set; }

    /// <summary>Runs on the shard when the timer is due. It may arm the timer again.</summary>
    protected abstract void OnDue();

    /// <summary>
    /// Runs after <see cref="OnDue"/> threw and the shard logged the exception, so that the owner can release what depends
    /// on this timer. The default does nothing.
    /// </summary>
    protected virtual void OnFailed() { }

    /// <summary>Calls <see cref="OnDue"/> and reports its exceptions.</summary>
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
