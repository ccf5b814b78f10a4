namespace Duplex.WebSockets.Connections;

/// <summary>A one-shot timer of a <see cref="ConnectionOwner"/>. Embed one per purpose: arming it allocates nothing.</summary>
public abstract class OwnerTimer
{
    /// <summary>Links of the wheel's slot; null when not armed. The wheel owns them.</summary>
    internal OwnerTimer? Next, Previous;

    /// <summary>The tick on which the timer is due. The wheel owns it.</summary>
    internal long DueTick;

    /// <summary>Whether the timer is waiting to fire. Owner only.</summary>
    public bool IsArmed { get; internal set; }

    /// <summary>Runs on the owner when the timer is due; it may arm the timer again.</summary>
    protected internal abstract void OnDue();

    /// <summary>
    /// <see cref="OnDue"/> threw, and the owner has reported it: whoever lives by this timer gives up what depends on it.
    /// Does nothing by default.
    /// </summary>
    protected internal virtual void OnFailed() { }

    /// <summary>Calls <see cref="OnFailed"/>, from which nothing escapes.</summary>
    internal void TryFail(Action<Exception> report)
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
