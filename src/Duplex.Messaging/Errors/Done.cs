namespace Duplex.Messaging.Errors;

/// <summary>The value of a command that succeeded and has nothing to return.</summary>
internal sealed class Done
{
    private Done()
    {
    }

    /// <summary>The only instance.</summary>
    public static Done Instance { get; } = new();
}
