namespace Duplex.Centrifuge.Codecs;

/// <summary>The names of delta formats on the wire.</summary>
internal static class Deltas
{
    public const string Fossil = "fossil";
}
