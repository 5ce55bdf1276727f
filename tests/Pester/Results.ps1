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
