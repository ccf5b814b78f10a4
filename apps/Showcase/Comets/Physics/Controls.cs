namespace Showcase.Comets.Physics;

/// <summary>What a pilot does in a tick.</summary>
[Flags]
internal enum Controls : byte
{
    None = 0,
    Left = 1,
    Right = 2,
    Thrust = 4,
    Fire = 8,
    All = Left | Right | Thrust | Fire,
}
