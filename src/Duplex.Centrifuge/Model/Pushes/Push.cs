namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>What the server says unasked, publications aside: those are written once and shared.</summary>
public abstract class Push
{
    private protected Push() { }
}
