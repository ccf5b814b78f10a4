namespace Showcase.Board.Watching;

/// <summary>An alert with its user.</summary>
internal sealed record OwnedAlert(string User, Alert Alert);
