BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $settings = $env:CNNVIS_HOME, $env:CNNVIS_MIRROR
    $env:CNNVIS_HOME = "$TestDrive/home"
    $env:CNNVIS_MIRROR = 'http://127.0.0.1:9/models'
}

AfterAll {
    $env:CNNVIS_HOME, $env:CNNVIS_MIRROR = $settings
}

Describe 'Get-CnnModel' {
    It 'gives the bundled network' {
        $model = Get-CnnModel alexnet64
        $model | Should -BeOfType ([CnnVis.CnnModel])
        $model.Name | Should -Be 'alexnet64'
        $model.Source | Should -Be 'bundled'
        $model.Status | Should -Be 'Bundled'
        $model.Device | Should -Be 'cpu'
        $model.InputChannels, $model.InputHeight, $model.InputWidth | Should -Be 3, 64, 64
        "$model" | Should -Be 'alexnet64'
    }

    It 'counts parameters and multiply-adds of AlexNet at 64 pixels' {
        $model = Get-CnnModel alexnet64
        $model.ParameterCount | Should -Be 2510948
        $model.MultiplyAdds | Should -Be 110650368
    }

    It 'names 100 classes, each differently' {
        $classes = (Get-CnnModel alexnet64).Classes
        $classes.Count | Should -Be 100
        @($classes | Sort-Object -Unique).Count | Should -Be 100
        $classes | Should -Contain 'espresso'
    }

    It 'lists every network when none is named' {
        (Get-CnnModel).Name | Should -Contain 'alexnet64'
    }

    It 'takes <_>' -ForEach 'ALEXNET64', 'alexnet?*', '*64', 'alexnet[0-9][0-9]' {
        (Get-CnnModel $_).Name | Should -Be 'alexnet64'
    }

    It 'takes names from the pipeline, by value and by property' {
        ('alexnet64' | Get-CnnModel).Name | Should -Be 'alexnet64'
        ([pscustomobject]@{ Name = 'alexnet64' } | Get-CnnModel).Name | Should -Be 'alexnet64'
    }

    It 'gives nothing, and no error, for a wildcard that matches none' {
        Get-CnnModel 'zzz*' -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'tells an unknown name and goes on' {
        $models = Get-CnnModel alexnet65, alexnet64 -ErrorVariable problems -ErrorAction SilentlyContinue
        $models.Name | Should -Be 'alexnet64'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'ModelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnModelCommand'
        $problems[0].TargetObject | Should -Be 'alexnet65'
        $problems[0].Exception.Message | Should -BeLike '*alexnet64*Import-CnnModel*'
    }

    It 'lists the catalog, of which nothing is here' {
        $model = Get-CnnModel ResNet18
        $model | Should -BeOfType ([CnnVis.CnnModel])
        $model.Name | Should -Be 'resnet18'
        $model.Status | Should -Be 'Downloadable'
        $model.Source | Should -Be 'http://127.0.0.1:9/models/resnet18-f37072fd.pth'
        $model.InputChannels, $model.InputHeight, $model.InputWidth | Should -Be 3, 224, 224
        $model.ParameterCount | Should -Be 11689512
        $model.Classes[207] | Should -Be 'golden retriever'
        (Get-CnnModel *net*).Count | Should -BeGreaterThan 15
    }

    It 'tells layers without weights' {
        (Get-CnnModel vgg16 | Get-CnnLayer pool5).ReceptiveField.Width | Should -Be 212
        (Get-CnnLayer layer4.1.conv2 -Model resnet18).ParameterCount | Should -Be 2359296
        (Get-CnnModel squeezenet1_1).MultiplyAdds | Should -BeGreaterThan 3e8
    }

    It 'filters by status' {
        (Get-CnnModel -Status Bundled).Name | Should -Be 'alexnet64', 'resnet224'
        (Get-CnnModel -Status Cached) | Should -BeNullOrEmpty
        $null = New-Item -ItemType Directory -Path "$env:CNNVIS_HOME/weights" -Force
        Set-Content "$env:CNNVIS_HOME/weights/squeezenet1_1-b8a52dc0.pth" 'no weights'
        $cached = Get-CnnModel -Status Cached
        $cached.Name | Should -Be 'squeezenet1_1'
        $cached.Source | Should -Be ([IO.Path]::GetFullPath("$env:CNNVIS_HOME/weights/squeezenet1_1-b8a52dc0.pth"))
        (Get-CnnModel -Status Downloadable).Name | Should -Not -Contain 'squeezenet1_1'
        { Get-CnnLayer -Model $cached | Out-Null; Get-CnnFilter -Model $cached } | Should -Throw -ErrorId 'ModelUnreadable,CnnVis.PowerShell.Cmdlets.GetCnnFilterCommand'
    }

    It 'suggests what a wrong name may have meant' {
        Get-CnnModel resnet19 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].Exception.Message | Should -BeLike '*resnet18*'
    }
}
