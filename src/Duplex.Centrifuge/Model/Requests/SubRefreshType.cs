namespace Duplex.Centrifuge.Model.Requests;

/// <summary>What a <see cref="SubRefreshRequest"/> asks. The numbers are those of the wire.</summary>
public enum SubRefreshType
{
    /// <summary>Take a new token.</summary>
    Refresh = 0,

    /// <summary>Track keys.</summary>
    Track = 1,

    /// <summary>Track keys no longer.</summary>
    Untrack = 2,
}
