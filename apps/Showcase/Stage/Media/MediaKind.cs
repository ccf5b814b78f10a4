namespace Showcase.Stage.Media;

/// <summary>The kinds of media messages; the first byte of a message.</summary>
internal enum MediaKind : byte
{
    VideoConfig = 1,
    KeyPicture = 2,
    DeltaPicture = 3,
    SoundConfig = 4,
    Sound = 5,
}
