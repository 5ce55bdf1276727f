# One result of each kind, by what it is called. $mine is a network, and the rest what it calls a convolution, its ReLU and a ReLU further on, and two classes.

function ResultsOf($mine, [string] $Convolution = 'conv3', [string] $Rectifier = 'relu3', [string] $Late = 'relu5', [string] $Class = 'teapot', [string] $Other = 'espresso') {
    $results = [ordered] @{}
    $results['network'] = $mine
    $results['layer'] = Get-CnnLayer $Convolution -Model $mine
    $results['filter bank'] = Get-CnnFilter $Convolution -Model $mine -Channel 5, 6
    $results['filter'] = $results['filter bank'].Filters[0]
    $results['activation'] = Get-CnnActivation $coffee $Rectifier -Model $mine -Channel 5
    $results['activation statistic'] = (Measure-CnnActivation $coffee $Rectifier -Model $mine)[5]
    $results['prediction'] = Get-CnnPrediction $coffee -Model $mine
    $results['class probability'] = $results['prediction'].Top[1]
    $results['saliency map'] = Get-SaliencyMap $coffee -Model $mine -Class $Class
    $results['occlusion map'] = Invoke-Occlusion $coffee $Class -Model $mine -WindowSize 0.5 -Stride 0.5 -Layer $Rectifier
    $results['saliency measure'] = Measure-SaliencyMap $coffee -Model $mine -Metric Deletion
    $results['saliency measure summary'] = @(Measure-SaliencyMap $coffee, $rocket -Model $mine -Metric Completeness -Summary)[0]
    $results['code'] = @(Get-CnnCode $coffee -Model $mine -Tile 200)[1]
    $results['maximal set'] = Find-MaxActivatingImage $coffee, $rocket -Model $mine -Layer $Late -Channel 7 -Top 2
    $results['maximal unit'] = $results['maximal set'].Units[0]
    $results['maximal image'] = $results['maximal set'].Units[0].Images[0]
    $results['adversarial example'] = New-AdversarialExample $coffee -Model $mine
    $results['class image'] = New-CnnClassImage $Other -Model $mine -Steps 2
    $results['fooling image'] = New-FoolingImage $Class -Model $mine -Steps 2
    $results['reconstruction'] = Get-CnnCode $coffee -Model $mine | ConvertFrom-CnnCode -Steps 2
    $results['map'] = Get-CnnCode $coffee, $rocket -Model $mine -Tile 150 | ConvertTo-Tsne -Perplexity 2 -Iterations 20
    $results['point'] = $results['map'].Points[0]
    $results['corrupted image'] = New-CorruptedImage $coffee -Model $mine -Corruption Fog -Severity 3
    $results['attributes'] = Get-ImageAttribute $coffee
    $results['correspondence'] = Find-CnnCorrespondence $coffee -TargetPath $rocket -Model $mine
    $results['match'] = $results['correspondence'].Matches[0]
    $results['correspondence measure'] = Measure-CnnCorrespondence $coffee -Model $mine
    $labels = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), [System.IO.Path]::GetRandomFileName() + '.csv')
    [System.IO.File]::WriteAllLines($labels, @('file,label', 'coffee.png,espresso', 'chelsea.png,Egyptian cat', 'rocket.jpg,obelisk', 'astronaut.png,teapot'))
    try {
        $results['accuracy'] = Measure-CnnAccuracy $photos -Model $mine -LabelPath $labels -By Brightness -BinCount 2 -WarningAction Ignore
        $results['class accuracy'] = $results['accuracy'].Classes[0]
        $results['classified image'] = $results['accuracy'].Images[0]
        $results['confusion'] = @($results['accuracy'].Confusion.Confusions)[0]
        $results['attribute effect'] = $results['accuracy'].Attributes[0]
        $results['attribute bin'] = $results['accuracy'].Attributes[0].Bins[0]
        $results['robustness'] = Measure-CnnRobustness $photos -Model $mine -LabelPath $labels -WarningAction Ignore | Select-Object -First 1
        $results['corruption robustness'] = Measure-CnnRobustness $photos -Model $mine -LabelPath $labels -Corruption Fog -Severity 1, 3 -WarningAction Ignore
        $results['corruption summary'] = $results['corruption robustness'].Corruptions[0]
        $results['corruption measure'] = $results['corruption robustness'].Measures[0]
        $results['human comparison'] = @($results['prediction']; Get-CnnPrediction $rocket, $chelsea -Model $mine) | Compare-CnnHumanLabel -LabelPath $labels -WarningAction Ignore
        $results['labeler score'] = $results['human comparison'].Labelers[0]
    } finally {
        [System.IO.File]::Delete($labels)
    }
    $results['pixel image'] = $results['adversarial example'].ToImage()
    $results
}

# What a view shows in a console of 80 columns, of which PowerShell leaves the last one free, without where the clone lies.
function Kept($Things) {
    $text = ($Things | Out-String -Width 79) -replace '\e\[[0-9;]*m'
    # A path is broken at the end of a line, wherever that is.
    $text = ($text -split '\r?\n' | ForEach-Object { $_.TrimEnd() }) -join "`n"
    [regex]::Replace($text, '(?m)^(\s*\w*Path\s*: ).*(\n {5,}.*)*', { param($match) $match.Groups[1].Value + [System.IO.Path]::GetFileName(($match.Value -replace '\n\s+').Split(': ', 2)[1]) }).Trim("`n") + "`n"
}

# Its words; marks round numbers stand by themselves.
function Words([string] $Text) { $Text -replace '[{}\[\],…]', ' ' }

# Words that the table of one object breaks in a console of 80 columns: a line of a column is full, and the same word goes on below.
function BrokenWords($One) {
    $views = ([xml] [System.IO.File]::ReadAllText([System.IO.Path]::GetFullPath("$PSScriptRoot/../../src/CnnVis.PowerShell/CnnVis.Format.ps1xml"))).Configuration.ViewDefinitions.View
    $view = $views.Where({ $_.TableControl -and $_.ViewSelectedBy.TypeName -in $One.PSObject.TypeNames })[0]
    if (-not $view) { return }
    $lines = ($One | Out-String -Width 79) -replace '\e\[[0-9;]*m' -split '\r?\n'
    $first = 1 + [Array]::FindIndex([string[]] $lines, [Predicate[string]] { $args[0] -match '^[- ]*--[- ]*$' })
    $at = 0
    $whole = $null
    foreach ($header in $view.TableControl.TableHeaders.TableColumnHeader) {
        $width = if ($header.Width) { [int] $header.Width } else { 79 - $at }
        $cells = @($lines[$first..($lines.Count - 1)] | ForEach-Object { $_.PadRight(80).Substring($at, [Math]::Min($width, 79 - $at)) })
        for ($i = 1; $i -lt $cells.Count; $i++) {
            $end, $next = $cells[$i - 1][-1], $cells[$i][0]
            if (-not (([char]::IsLetter($end) -and [char]::IsLower($next)) -or ([char]::IsDigit($end) -and [char]::IsDigit($next)))) { continue }
            # A line that a whole word fills to its end breaks none: elsewhere the two words stand apart.
            $whole ??= $One | Format-List * | Out-String -Width 10000
            if (-not $whole.Contains("$((-split $cells[$i - 1])[-1]) $((-split $cells[$i])[0])")) { "$($cells[$i - 1].Trim()) | $($cells[$i].Trim())" }
        }
        $at += $width + 1
    }
}
