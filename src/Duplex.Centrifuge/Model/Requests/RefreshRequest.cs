namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Brings a new connection token.</summary>
public sealed class RefreshRequest : Request
{
    /// <summary>The token.</summary>
    public string Token { get; init; } = "";
}
