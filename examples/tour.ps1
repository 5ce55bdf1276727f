<#
.SYNOPSIS
    Everything that "Visualizing what ConvNets learn" surveys, on a few photos, in one report.
.DESCRIPTION
    Walks through Stanford's page in its order, with the photos beside this script and the default network (or with yours), says what each picture shows,
    and ends in one HTML page that holds all of it: pictures, numbers, and the command that made each.
    Works in pwsh 7.6 after ./build.ps1, and in the PowerShell that comes along: dotnet run --project src/CnnVis.Host -- examples/tour.ps1
.PARAMETER Path
    Photos, or folders of them. A file that cannot be read is left out, and told.
.PARAMETER Model
    A network: a name that Get-CnnModel lists, or an ONNX file.
.PARAMETER Output
    The folder for report.html and the page in which people label.
.EXAMPLE
    ./examples/tour.ps1 ~/Pictures/*.jpg -Output ~/cnnvis-tour
.EXAMPLE
    ./examples/tour.ps1 -Model alexnet64
#>
param(
    [Alias('Photo')] [string[]] $Path = "$PSScriptRoot/photos",
    [string] $Model,
    [string] $Output = "$PSScriptRoot/../output/tour"
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../CnnVis.psd1"
$Output = [IO.Path]::GetFullPath($Output, $PWD.ProviderPath)
$null = New-Item -ItemType Directory $Output -Force
$began = [Diagnostics.Stopwatch]::StartNew()
$entries = [Collections.Generic.List[object]]::new()

# A step is a heading, how to read what comes, and what comes. One that a network or the photos do not allow is left out, and its error says why.
function Show-Step([string] $Title, [string] $Note, [scriptblock] $Make) {
    Write-Host ('{0,3:0} s  {1}' -f $began.Elapsed.TotalSeconds, $Title)
    $entries.Add("# $Title")
    $entries.Add($Note)
    try { . $Make | ForEach-Object { $entries.Add($_) } }
    catch {
        Write-Host "       left out: $_"
        $entries.Add("Left out: $_")
    }
}
function Stop-Tour([string] $Why) {
    [Console]::Error.WriteLine($Why)
    exit 1
}

try {
    $network = if ($Model) { Import-CnnModel $Model } else { (Get-CnnLayer | Select-Object -First 1).Model }
    $predictions = @(Get-CnnPrediction $Path -Model $network -ErrorAction SilentlyContinue -ErrorVariable unreadable)
}
catch { Stop-Tour $_ }
foreach ($one in $unreadable | Select-Object -First 3) { Write-Host "Left out: $one" }
if ($unreadable.Count -gt 3) { Write-Host "Left out: $($unreadable.Count - 3) more files that cannot be read." }
if (-not $predictions) { Stop-Tour 'There is no picture to look at: say with -Path where some are, such as -Path ~/Pictures.' }

# What can be read, from here on; the names stand as they are.
$Path = $predictions.Path
$maps = @($network | Get-CnnLayer | Where-Object { $_.OutputShape.Count -eq 3 -and $_.OutputShape[1] -gt 1 })
$relus = @($maps | Where-Object Operator -EQ Relu)
if (-not $relus) { $relus = $maps }
$first, $middle, $last = $relus[0], $relus[[int] [Math]::Floor($relus.Count / 2)], $relus[-1]
# By how sure the network is: the surest, the next (which has something to lose), and the least sure.
$sure = @($predictions | Sort-Object Probability -Descending)
$best, $next, $weakest = $sure[0], $sure[[Math]::Min(1, $sure.Count - 1)], $sure[-1]
$photo = $best.Path

Write-Host "$($network.Name) looks at $($predictions.Count) $($predictions.Count -eq 1 ? 'photo' : 'photos'), most surely at $(Split-Path $photo -Leaf)."
Show-Step "$($network.Name) and what it says" "It answers with $($network.Answer): $($network.AnswerReason). A photo of anything else gets the nearest that it knows, at times with confidence." {
    $predictions
    if ($unreadable) { "Left out, because they cannot be read: $(($unreadable.TargetObject | ForEach-Object { Split-Path $_ -Leaf }) -join ', ')." }
}

Show-Step '1. Layer activations' 'One box a filter, dark where it is silent. Early maps follow the edges and colours of the photo; late ones are sparse, and fire where something is.' {
    Get-CnnActivation $photo $first.Alias -Channel (0..([Math]::Min(31, $first.Channels - 1))) -Model $network
    Get-CnnActivation $photo $last.Alias -Channel (0..([Math]::Min(47, $last.Channels - 1))) -Model $network
    'A filter that fires for no photo may be dead. A few photos prove little: of all photos it may fire for as many as the last column says, and yet have been silent for these.'
    Measure-CnnActivation $Path -Layer $last.Alias -Model $network | Group-Object Verdict | Select-Object @{ n = 'Verdict'; e = { $_.Name } }, @{ n = 'Filters'; e = { $_.Count } },
        @{ n = 'May fire for'; e = { $_.Name -eq 'Alive' ? '' : ($_.Group | Measure-Object FiringShareUpperBound -Maximum).Maximum.ToString('P0') } }
}

Show-Step '2. Filters' 'The first layer looks at the photo itself, so its weights are pictures. Smooth ones are a sign of training that came to its end, noise of one that did not.' {
    $network | Get-CnnFilter
}

Show-Step '3. What activates a neuron most' 'The photos, and the parts of them that the unit sees, in the order of its activation. With a folder of thousands one sees what it is for.' {
    Find-MaxActivatingImage $Path -Layer $middle.Alias -Channel (0..([Math]::Min(2, $middle.Channels - 1))) -Top 4 -Model $network
}

$tiles = $Path.Count -lt 40 ? @{ Tile = 96; Stride = 96 } : @{}
Show-Step '4. The map of codes' "$($tiles.Count ? 'Tiles of the photos' : 'The photos'), near each other where the network sees the same." {
    $codes = @(Get-CnnCode $Path @tiles -Model $network)
    if ($codes.Count -lt 7) { throw "a map takes at least 7 codes, and here are $($codes.Count): more photos, or larger ones, give more." }
    $codes | ConvertTo-Tsne -Perplexity ([Math]::Min(10, [Math]::Floor(($codes.Count - 1) / 3))) | Export-TsneMap "$Output/tiles.png" -Layout Grid -ThumbnailSize 56 -Force -PassThru
}

Show-Step '5. Occlusion' 'A grey square slides over the photo. Where the class loses most, there the network looks.' {
    Invoke-Occlusion $next.Path -Model $network
}

Show-Step '6. The data gradient' 'How much each pixel changes the score: noisy, and honest. Grad-CAM is coarse, and says where in one glance.' {
    Get-SaliencyMap $photo Gradient, GradCam -Model $network
}

Show-Step '7. DeconvNet and guided backpropagation' 'What a unit saw, going back through the network, only along what raises it.' {
    Get-SaliencyMap $photo DeconvNet -Layer $middle.Alias -Model $network
    Get-SaliencyMap $photo GuidedBackprop -Model $network
}

Show-Step '8. What a class likes best' 'Made from nothing, by going up the score of the class.' {
    New-CnnClassImage $best.Class -Model $network -Step 48
}

Show-Step '9. Reconstruction' 'The photo again, from what a layer knows of it alone: the deeper the layer, the less of colour and place is left.' {
    ConvertFrom-CnnCode $photo (@($first.Alias, $middle.Alias) | Select-Object -Unique) -Model $network -Step 40 -Sheet
}

Show-Step '10. How much of place is kept' 'Lines join the places of two photos that look the same to a layer: here of the surest photo and the one that is nearest to it. How exact that is, Measure-CnnCorrespondence says.' {
    $others = @($Path | Where-Object { $_ -ne $photo } | Select-Object -First 20)
    if (-not $others) { throw 'it takes two photos, and here is one: say with -Path where more are.' }
    Find-CnnCorrespondence $photo $others -Layer $middle.Alias -Align -Model $network | Sort-Object MeanDistance | Select-Object -First 1
}

Show-Step '11. Performance and attributes' 'What the photos are like, and what the network says of one when an attribute is changed and nothing else.' {
    Get-ImageAttribute $Path | Select-Object @{ n = 'Photo'; e = { Split-Path $_.Path -Leaf } }, Width, Height, Brightness, Contrast, Colorfulness, Sharpness
    $corrupted = New-CorruptedImage $photo GaussianNoise, DefocusBlur, Fog 3 -Model $network
    $corrupted
    $corrupted | Get-CnnPrediction -Model $network
}

Show-Step '12. Fooling' 'A change that nobody sees gets another answer, and a picture of nothing gets a sure one.' {
    New-AdversarialExample $weakest.Path Pgd 4/255 -Model $network
    New-FoolingImage $best.Class -Model $network -Step 60
}

Show-Step '13. People' 'label.html opens from disk; a person labels in it what the network was asked. Compare-CnnHumanLabel reads what it exports. So many pictures show that 95 % are more than 93 %:' {
    $labels = New-TemporaryFile
    try {
        $predictions | Select-Object @{ n = 'file'; e = { $_.Path } }, @{ n = 'class'; e = { $_.Class } } | Export-Csv $labels
        New-CnnLabelingTask $Path "$Output/label.html" -Count $predictions.Count -LabelPath $labels -Model $network -Force -WarningAction SilentlyContinue | Out-Null
    }
    finally { Remove-Item $labels }
    Measure-CnnHumanStudy 0.95 0.93 -Kappa 0.2
}

$entries | Export-CnnReport "$Output/report.html" -Title "What $($network.Name) has learned" -Force
Write-Host ('{0,3:0} s  Done.' -f $began.Elapsed.TotalSeconds)
''
'All of it, with the command that made each:'
"$Output/report.html"
# Where there is a desktop that somebody sits at.
$seen = [Environment]::UserInteractive -and -not [Console]::IsOutputRedirected -and $Host.Name -eq 'ConsoleHost' -and (-not $IsLinux -or $env:DISPLAY -or $env:WAYLAND_DISPLAY)
if ($seen) { Invoke-Item "$Output/report.html" -ErrorAction Ignore }
