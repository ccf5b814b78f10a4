namespace Showcase.Stage;

/// <summary>What the keeper has published of a stage last, and since when its speaker has been away.</summary>
internal sealed class StagePublished
{
    public bool IsLive { get; set; }

    public long AwaySince { get; set; }

    public MoodEvent? Mood { get; set; }

    public ListedStage? Listed { get; set; }
}
