namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>A message that the server sends without a command, other than a publication, which is encoded once and shared.</summary>
internal abstract class Push
{
    private protected Push() { }
}
