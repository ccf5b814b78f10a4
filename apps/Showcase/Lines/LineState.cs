namespace Showcase.Lines;

/// <summary>Whether a line carries bytes.</summary>
public enum LineState
{
    /// <summary>The line carries bytes.</summary>
    Open,

    /// <summary>Nothing passes and nothing is closed, as where a phone has no signal. What was sent meanwhile passes afterwards.</summary>
    Silent,

    /// <summary>Every connection is reset, open ones and new ones.</summary>
    Cut,
}
