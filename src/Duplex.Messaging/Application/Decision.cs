using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>
/// A handler's decision to allow or to deny. Only an explicit <c>Allow</c> allows; null and an exception deny.
/// </summary>
public abstract record Decision
{
    private protected Decision()
    {
    }

    /// <summary>Whether the handler allows.</summary>
    public bool IsAllowed { get; private protected init; }

    /// <summary>The error of a denial; null: <see cref="ClientErrors.PermissionDenied"/>, unless the denial disconnects.</summary>
    public ClientError? Error { get; private protected init; }

    /// <summary>The code and reason with which a denial ends the connection; null when the connection stays open.</summary>
    public Disconnect? Disconnect { get; private protected init; }
}
