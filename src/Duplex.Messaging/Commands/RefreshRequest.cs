namespace Duplex.Messaging.Commands;

/// <summary>Refreshes the connection with a new token.</summary>
internal sealed class RefreshRequest : Request
{
    /// <summary>The token.</summary>
    public string Token { get; set; } = "";
}
